import { listAt, memberAt } from './http/exchange.ts'

/**
 * Ids of the checks that failed in an earlier report.
 * @throws SyntaxError when the text is no report
 */
export function knownFailuresOf(text: string): readonly string[] {
  const report: unknown = JSON.parse(text)
  if (memberAt(report, 'format') !== 'mt-paas-conformance/1') throw new SyntaxError('Not a report of mt-paas verify')
  return listAt(report, 'results')
    .filter((result) => memberAt(result, 'outcome') === 'fail')
    .map((result) => String(memberAt(result, 'id')))
}
