import type { AttemptView, ResultView } from '../../simulator/views.ts'
import { type Dictionary, refusalText } from '../../text/index.ts'
import { type ReportText, reportText } from '../../text/report-text.ts'
import { valueWord } from '../../text/value-words.ts'
import { factTable } from './fact-table.ts'
import { shownLines } from './record-table.ts'

/** A delivery with every attempt at it. */
export interface ShownDelivery extends ResultView {
  readonly attempts_made: readonly AttemptView[]
}

/** A delivery as a person reads it: what became of it, then every attempt with what was sent and what came back. */
export function deliveryReport(one: ShownDelivery, dictionary: Dictionary): string {
  const text = reportText(dictionary.language)
  const attempts = one.attempts_made.map((attempt) => attemptReport(attempt, dictionary))
  const exact = attempts.length > 0 ? [`${text.exact}\n`] : []
  return [`${text.delivery(one.id)}\n${facts(one, dictionary)}`, ...attempts, ...exact].join('\n')
}

function facts(one: ShownDelivery, { language, simulator: { columns } }: Dictionary): string {
  const { fields } = reportText(language)
  return factTable([
    [columns.state, valueWord('deliveryStates', one.state, language)],
    [columns.reason, valueWord('reasons', one.reason, language)],
    [columns.application, one.application_id],
    [columns.service, one.service],
    [fields.source, valueWord('sources', one.source, language)],
    [columns.shape, valueWord('shapes', one.shape, language)],
    [fields.webhook, one.url],
    [columns.attempts, one.attempts],
    [columns.next, one.next_attempt_at],
    [fields.created, one.created_at],
    [fields.finished, one.finished_at],
  ])
}

function attemptReport(attempt: AttemptView, dictionary: Dictionary): string {
  const { language } = dictionary
  const text = reportText(language)
  const { number, copy, state, duration_ms: ms, request, response, started_at: at } = attempt
  const head = [
    text.attempt(number, copy),
    valueWord('attemptStates', state, language),
    response && String(response.status),
    ms !== null && `${Math.round(ms)} ms`,
    valueWord('reasons', attempt.reason, language),
    at,
  ]
  const trouble = factTable([
    [text.fields.fault, attempt.fault],
    [text.fields.error, attempt.error],
  ])
  return [
    `── ${head.filter(Boolean).map(String).map(shownLines).join(' · ')}\n`,
    attempt.fault || attempt.error ? trouble : '',
    `${text.request}: ${request.method} ${shownLines(request.url)}\n`,
    message(request, text),
    response ? `${text.answer}: ${response.status}\n${message(response, text)}` : `${text.noAnswer}\n`,
    ...(response ? [findings(response.findings, dictionary)] : []),
  ].join('')
}

type Message = Pick<NonNullable<AttemptView['response']>, 'headers' | 'body'>

function message({ headers, body }: Message, text: ReportText): string {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${[value].flat().join(', ')}`)
  const shown = body === '' ? text.noBody : laidOut(body)
  return `${shownLines([...lines, '', ...shown.split('\n').map((line) => `  ${line}`)].join('\n'))}\n\n`
}

/** JSON with a member a line; any other text as it is. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

type Finding = NonNullable<AttemptView['response']>['findings'][number]

function findings(list: readonly Finding[], { language }: Dictionary): string {
  const text = reportText(language)
  const lines = list.map(({ ok, at, says }) => `  ${ok ? '✓' : '✗'} ${at}: ${refusalText({ message: says }, language)}`)
  return `${shownLines([`${text.contract}:`, ...lines].join('\n'))}\n`
}
