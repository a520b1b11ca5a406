import type { ApplicationView, AttemptView, ResultView } from '../../simulator/views.ts'
import type { Dictionary, SimulatorColumn, SimulatorText } from '../../text/index.ts'
import { valueWord } from '../../text/value-words.ts'
import { CommandError } from '../command-error.ts'
import { applicationOf, given } from './application-options.ts'
import { readBody } from './body-option.ts'
import { recordTable } from './record-table.ts'
import { withSimulator } from './with-simulator.ts'

interface Sent {
  readonly success: boolean
  readonly application: ApplicationView
  readonly result: ResultView
}

interface Triggered {
  readonly ok: boolean
  readonly steps: readonly {
    readonly ok: boolean
    readonly expected: readonly number[]
    readonly application: ApplicationView
    readonly result: ResultView
    readonly attempts: readonly AttemptView[]
  }[]
}

/** Applies for a demo and sends the webhook. */
export const demoCommand = applyFor('demo')

/** Applies for a service and sends the webhook. */
export const serviceCommand = applyFor('service')

function applyFor(kind: ApplicationView['kind']) {
  return withSimulator(async ({ client, line, print }) => {
    const application = await client.send<ApplicationView>('POST', `/applications/${kind}`, applicationOf(line))
    const sent = await client.send<Sent>('POST', `/applications/${application.id}/send`, {})
    print(sent, () => sentTable(sent, line.text))
    return sent.success && sent.application.status !== 'failed' ? 0 : 1
  })
}

/** Sends the webhook of an application again. */
export const sendCommand = withSimulator(async ({ client, line, print }) => {
  const path = `/applications/${encodeURIComponent(line.arguments[0] ?? '')}/send`
  const sent = await client.send<Sent>('POST', path, {})
  print(sent, () => sentTable(sent, line.text))
  return sent.success && sent.application.status !== 'failed' ? 0 : 1
})

/** Makes an application and sends its webhook in one step. */
export const provisionCommand = withSimulator(async ({ client, line, print }) => {
  const body = { kind: line.arguments[0], ...applicationOf(line) }
  const sent = await client.send<Sent>('POST', '/simulate/provision', body)
  print(sent, () => sentTable(sent, line.text))
  return sent.success && sent.application.status !== 'failed' ? 0 : 1
})

/** Plays a scenario, or lists them all. */
export const triggerCommand = withSimulator(async (context) => {
  const { client, line, print, say } = context
  const [scenario] = line.arguments
  if (scenario === undefined) {
    const { scenarios } = await client.get<{ scenarios: readonly string[] }>('/scenarios')
    print({ scenarios }, () => `${scenarios.join('\n')}\n`)
    return 0
  }
  const body = applicationOf(line)
  const triggered = await client.send<Triggered>('POST', `/trigger/${encodeURIComponent(scenario)}`, body)
  const { simulator } = line.text
  print(triggered, () => triggeredTable(triggered, line.text))
  say(triggered.ok ? simulator.asExpected(scenario) : simulator.notAsExpected(scenario))
  return triggered.ok ? 0 : 1
})

/** Sends a message of the caller's own making. */
export const customCommand = withSimulator(async ({ client, line, print }) => {
  const text = line.value('body')
  const headers = line.values('header').map((header) => {
    const at = header.indexOf(':')
    if (at < 1) {
      throw CommandError.badValue(line.text.simulator, '--header', { value: header, expected: 'name:value' })
    }
    return [header.slice(0, at).trim(), header.slice(at + 1).trim()]
  })
  const answer = await client.send<{ success: boolean; results: readonly ResultView[] }>(
    'POST',
    '/simulate/custom',
    given({
      webhook_url: line.arguments[0],
      body: text === undefined ? undefined : await readBody(text, line.text.simulator),
      headers: headers.length > 0 ? Object.fromEntries(headers) : undefined,
      api_key: line.value('api-key'),
      signing_secret: line.value('signing-secret'),
      signature: line.value('signature'),
    }),
  )
  print(answer, () => resultTable(answer.results, line.text))
  return answer.success ? 0 : 1
})

/** Sends a delivery again. */
export const replayCommand = withSimulator(async ({ client, line, print }) => {
  const path = `/deliveries/${encodeURIComponent(line.arguments[0] ?? '')}/replay`
  const result = await client.send<ResultView>('POST', path, {})
  print(result, () => resultTable([result], line.text))
  return result.success ? 0 : 1
})

/** Results, one a line. */
export function resultTable(results: readonly ResultView[], { language, simulator }: Dictionary): string {
  return recordTable(
    headings(simulator, ['delivery', 'application', 'state', 'attempts', 'http', 'ms', 'reason', 'next']),
    results.map((one) => [
      one.id,
      one.application_id,
      valueWord('deliveryStates', one.state, language),
      one.attempts,
      one.status_code,
      one.response_time_ms === null ? null : Math.round(one.response_time_ms),
      valueWord('reasons', one.reason, language),
      one.next_attempt_at,
    ]),
  )
}

/** Applications, one a line. */
export function applicationTable(
  applications: readonly ApplicationView[],
  { language, simulator }: Dictionary,
): string {
  return recordTable(
    headings(simulator, ['id', 'kind', 'status', 'university', 'service', 'tenant', 'reason']),
    applications.map((one) => [
      one.id,
      valueWord('kinds', one.kind, language),
      valueWord('applicationStates', one.status, language),
      one.applicant.university_name,
      one.service.slug,
      one.tenant_id,
      valueWord('failures', one.failure, language),
    ]),
  )
}

/** Headings in the reader's language. */
export function headings({ columns }: SimulatorText, names: readonly SimulatorColumn[]): readonly string[] {
  return names.map((name) => columns[name])
}

function sentTable({ application, result }: Sent, text: Dictionary): string {
  return `${applicationTable([application], text)}\n${resultTable([result], text)}`
}

function triggeredTable({ steps }: Triggered, text: Dictionary): string {
  return steps
    .map(({ ok, expected, application, result }) => {
      const statuses = expected.length === 0 ? text.simulator.noAnswer : expected.join(' | ')
      const verdict = `${ok ? '✓' : '✗'} ${text.simulator.expected(statuses)}\n`
      return `${verdict}${sentTable({ success: ok, application, result }, text)}`
    })
    .join('\n')
}
