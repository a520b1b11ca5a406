import { answerText } from './delivery/read-answer.ts'
import type { AttemptRecord } from './entity/index.ts'

/** One place where two attempts differ; a side that lacks it is undefined. */
export interface Difference {
  /** Such as `request.headers.x-api-key` or `answer.body.status`. */
  readonly at: string
  readonly left?: unknown
  readonly right?: unknown
}

/** Everything in which two attempts differ, but for times. */
export function compareAttempts(left: AttemptRecord, right: AttemptRecord): readonly Difference[] {
  const differences: Difference[] = []
  compare(comparable(left), comparable(right), { at: '', differences })
  return differences
}

function comparable(attempt: AttemptRecord): unknown {
  const { url, requestHeaders, requestBody, responseStatus, responseHeaders, responseBody } = attempt
  const answer = responseBody && {
    status: responseStatus,
    headers: lowered(withoutDate(responseHeaders ?? {})),
    body: parsed(answerText(responseBody, responseHeaders ?? {})),
  }
  return {
    request: { url, headers: lowered(requestHeaders), body: parsed(Buffer.from(requestBody).toString('utf8')) },
    answer: answer ?? { reason: attempt.reason, error: attempt.error },
    state: attempt.state,
    fault: attempt.fault,
  }
}

/** When an answer was made is no difference between answers. */
function withoutDate({ date: _date, ...headers }: Readonly<Record<string, unknown>>) {
  return headers
}

function lowered(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

interface Place {
  readonly at: string
  readonly differences: Difference[]
}

function compare(left: unknown, right: unknown, { at, differences }: Place): void {
  if (Object.is(left, right)) return
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) {
    differences.push({ at, left, right })
    return
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const place = at === '' ? key : `${at}.${key}`
    if (!Object.hasOwn(right, key)) differences.push({ at: place, left: left[key] })
    else if (!Object.hasOwn(left, key)) differences.push({ at: place, right: right[key] })
    else compare(left[key], right[key], { at: place, differences })
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
