import { listAt, memberAt } from '../http/exchange.ts'
import type { TamperedAnswer, Tampering } from './tampering.ts'

/**
 * The error bodies of the predecessors, on a service that is good otherwise: text, an object or a list below
 * `detail`, no request ids, and one method in `Allow`. Such a service holds every MUST.
 */
export function pythonDialect(): Tampering {
  return {
    answer(answer) {
      answer.headers['x-request-id'] = ''
      if (answer.headers.allow !== undefined) answer.headers.allow = answer.headers.allow.split(',')[0] ?? ''
      if (answer.status >= 400) answer.json = { detail: detailOf(answer) }
    },
  }
}

function detailOf({ status, json }: TamperedAnswer): unknown {
  const [error, message] = [memberAt(json, 'error'), memberAt(json, 'message')]
  const issues = listAt(json, 'details', 'issues')
  if (status === 422)
    return issues.map((issue) => ({
      type: 'value_error',
      loc: memberAt(issue, 'loc'),
      msg: 'Field required',
      input: null,
    }))
  const isDomain = typeof error === 'string' && /^(?:TENANT|USER)_/.test(error)
  return isDomain ? { success: false, error, message } : message
}
