import type { ApplicationView, CallbackView, deliveryView, eventView } from '../../simulator/views.ts'
import type { Dictionary } from '../../text/index.ts'
import { reportText } from '../../text/report-text.ts'
import { valueWord } from '../../text/value-words.ts'
import { factTable } from './fact-table.ts'
import { recordTable } from './record-table.ts'
import { headings } from './sending-commands.ts'
import { detailsOf } from './tail-command.ts'

/** An application with all that happened to it. */
export interface ShownApplication extends ApplicationView {
  readonly deliveries: readonly ReturnType<typeof deliveryView>[]
  readonly callbacks: readonly CallbackView[]
  readonly timeline: readonly ReturnType<typeof eventView>[]
}

/** An application as a person reads it: what it is, its deliveries and callbacks, and what happened, in order. */
export function applicationReport(one: ShownApplication, dictionary: Dictionary): string {
  const text = reportText(dictionary.language)
  const parts = [
    `${text.application(one.id)}\n${facts(one, dictionary)}`,
    one.deliveries.length > 0 && `${text.deliveries}\n${deliveries(one, dictionary)}`,
    one.callbacks.length > 0 && `${text.callbacks}\n${callbacks(one, dictionary)}`,
    `${text.timeline}\n${timeline(one, dictionary)}`,
  ]
  return parts.filter(Boolean).join('\n')
}

function facts(one: ShownApplication, { language, simulator: { columns } }: Dictionary): string {
  const { fields } = reportText(language)
  const { applicant, service } = one
  const period = one.start_date === null && one.end_date === null ? null : [one.start_date, one.end_date]
  return factTable([
    [columns.status, valueWord('applicationStates', one.status, language)],
    [columns.reason, valueWord('failures', one.failure, language)],
    [columns.kind, valueWord('kinds', one.kind, language)],
    [columns.service, `${service.title} (${service.slug})`],
    [columns.university, applicant.university_name],
    [fields.applicant, `${applicant.name} <${applicant.email}>`],
    [fields.contact, one.contact],
    [fields.why, one.reason],
    [fields.period, period?.map((day) => day ?? '').join(' ~ ')],
    [columns.shape, valueWord('shapes', one.shape, language)],
    [fields.webhook, one.webhook_url],
    [fields.callback, one.callback_url],
    [columns.tenant, one.tenant_id],
    [fields.accessUrl, one.access_url],
    [fields.message, one.message],
    [fields.created, one.created_at],
    [fields.changed, one.updated_at],
  ])
}

function deliveries(one: ShownApplication, { language, simulator }: Dictionary): string {
  return recordTable(
    headings(simulator, ['delivery', 'state', 'attempts', 'next', 'at']),
    one.deliveries.map(({ id, state, attempts, next_attempt_at: next, created_at: at }) => [
      id,
      valueWord('deliveryStates', state, language),
      attempts,
      next,
      at,
    ]),
  )
}

function callbacks(one: ShownApplication, { language, simulator: { columns } }: Dictionary): string {
  const { fields } = reportText(language)
  return recordTable(
    [columns.at, fields.verdict, fields.success, columns.tenant, columns.reason, fields.answered],
    one.callbacks.map(({ received_at: at, verdict, success, tenant_id: tenant, reason, answer }) => [
      at,
      valueWord('verdicts', verdict, language),
      success === null ? null : success ? '✓' : '✗',
      tenant,
      reason,
      answer.status,
    ]),
  )
}

function timeline(one: ShownApplication, { language, simulator }: Dictionary): string {
  const { fields } = reportText(language)
  return recordTable(
    [...headings(simulator, ['at', 'event']), fields.details],
    one.timeline.map(({ at, type, data }) => [at, type, detailsOf(data)]),
  )
}
