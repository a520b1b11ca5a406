import type { Language } from '../../text/index.ts'
import { escapedMarkup, plainValue } from './plain-value.ts'
import type { CheckResult, ConformanceReport } from './report.ts'

/**
 * The report as JUnit XML, as the schemas of Ant and of Jenkins both take it: an area is a suite; failures of SHOULD,
 * and those known before, are skipped with the word.
 */
export function junitReport(report: ConformanceReport, language: Language): string {
  const areas = Object.entries(Object.groupBy(report.results, ({ area }) => area))
  const suites = areas.map(([area, results = []], id) => {
    const time = seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0))
    const suite = attributes({
      id,
      name: area,
      package: 'conformance',
      ...countsOf(results, report),
      errors: 0,
      time,
      timestamp: report.startedAt.slice(0, 19),
      hostname: new URL(report.url).hostname,
    })
    const cases = results.map((result) => testCase(result, report, language)).join('')
    const seed = `    <properties>\n      <property${attributes({ name: 'seed', value: report.seed })}/>\n    </properties>\n`
    return `  <testsuite${suite}>\n${seed}${cases}${OUTPUT}  </testsuite>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`
}

/** Checks write nothing, but the schema of Ant wants the elements. */
const OUTPUT = '    <system-out/>\n    <system-err/>\n'

type Level = Pick<ConformanceReport, 'level'>

/** A failure that fails the run. */
function counts({ outcome, known, level }: CheckResult, run: Level): boolean {
  return outcome === 'fail' && !known && (level === 'MUST' || run.level === 'SHOULD')
}

function countsOf(results: readonly CheckResult[], run: Level) {
  const failures = results.filter((result) => counts(result, run)).length
  const passed = results.filter(({ outcome }) => outcome === 'pass').length
  return { tests: results.length, failures, skipped: results.length - failures - passed }
}

function testCase(result: CheckResult, run: Level, language: Language): string {
  const { id, area, title, outcome, durationMs, skip, level, known } = result
  const start = `    <testcase${attributes({ name: `${id}: ${title[language]}`, classname: `conformance.${area}`, time: seconds(durationMs) })}`
  if (outcome === 'pass') return `${start}/>\n`
  if (skip) return `${start}>\n      <skipped${attributes({ message: skip.reason[language] })}/>\n    </testcase>\n`
  const [first] = result.failures
  const message = first ? `${first.what}: ${plainValue(first.expected)} → ${plainValue(first.received)}` : id
  if (!counts(result, run)) {
    return `${start}>\n      <skipped${attributes({ message: `${known ? 'KNOWN' : level} ${message}` })}/>\n    </testcase>\n`
  }
  const body = result.failures.flatMap(({ what, expected, received, difference, hint, curl }) => [
    `${what}: ${plainValue(expected)} → ${plainValue(received)}`,
    ...difference.map(plainValue),
    hint[language],
    ...(curl === null ? [] : [curl]),
  ])
  const text = body.map(escapedMarkup).join('\n')
  return `${start}>\n      <failure${attributes({ message, type: level })}>${text}</failure>\n    </testcase>\n`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapedMarkup(String(value))}"`)
    .join('')
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}
