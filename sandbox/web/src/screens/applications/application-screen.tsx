import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DeliveryStateBadge, useReason } from '../../ui/state-badge.tsx'
import { useToldMutation } from '../../ui/use-told-mutation.ts'
import { deliveriesText } from '../deliveries/deliveries-text.ts'
import { applicationText } from './application-text.ts'
import { DecisionButtons } from './decision-buttons.tsx'
import { MarketStateBadge } from './market-state-badge.tsx'
import { StateMachine } from './state-machine.tsx'
import './applications.css'

type Application = Outputs['market']['getApplication']
type Detail = Outputs['simulator']['getApplication']

/** One application: where it stands, what can be done, and what became of it. */
export function ApplicationScreen({ params }: { readonly params: { readonly id: string } }) {
  const text = useText(applicationText)
  const api = useApi()
  const id = Number(params.id)
  const application = useQuery(api.market.getApplication.query({ id }))
  const detail = useQuery(api.simulator.getApplication.query({ id }))
  return (
    <>
      <PageHeader
        title={text.one(id)}
        beside={application.data && <MarketStateBadge state={application.data.state} />}
      />
      <Loaded query={application} height={480}>
        {(data) => (
          <div className="stack">
            <Panel title={text.machine}>
              <StateMachine state={data.state} />
              <div className="machine-next">
                <h3>{text.next}</h3>
                <DecisionButtons application={data} />
              </div>
            </Panel>
            <Facts application={data} detail={detail.data} />
            <Loaded query={detail}>
              {(loaded) => (
                <div className="grid-2">
                  <DeliveriesOf detail={loaded} />
                  <EventsOf detail={loaded} />
                </div>
              )}
            </Loaded>
          </div>
        )}
      </Loaded>
    </>
  )
}

function Facts({ application, detail }: { readonly application: Application; readonly detail: Detail | undefined }) {
  const text = useText(applicationText)
  const words = useText(wordText)
  const format = useFormat()
  const reasonOf = useReason()
  const language = usePreference('language')
  const { applicant, tenant_id: tenant, access_url: access } = application
  const isReused = detail?.timeline.some(({ data }) => data.by === 'reuse') ?? false
  const optional = (name: string, value: string | number | null | undefined) => (value ? [{ name, value }] : [])
  const facts = [
    { name: text.fields.university, value: applicant.university_name },
    { name: text.fields.name, value: `${applicant.name} <${applicant.email}>` },
    { name: text.fields.service, value: application.service_titles[language] },
    { name: text.fields.kind, value: words.kinds[application.kind] },
    ...optional(text.fields.plan, application.plan_title?.[language] ?? application.plan),
    { name: text.period, value: `${application.start_date} – ${application.end_date}` },
    {
      name: text.tenant,
      value:
        tenant === null ? (
          text.noTenant
        ) : (
          <>
            <Link className="mono" href={`/tenants/${application.service.slug}/${encodeURIComponent(tenant)}`}>
              {tenant}
            </Link>
            <br />
            <span className="muted">{isReused ? text.reused : text.made}</span>
          </>
        ),
    },
    ...optional(text.access, access),
    ...optional(text.subscription, application.subscription_id && `#${application.subscription_id}`),
    ...optional(text.message, application.message),
    ...optional(text.failure, application.failure && reasonOf(application.failure)),
    ...optional(text.decision, application.decision_reason),
    ...optional(text.fields.reason, application.reason),
    ...optional(text.contact, application.contact),
    { name: text.callbackUrl, value: <span className="mono">{application.callback_url}</span> },
    { name: text.columns.made, value: format.dateTime(application.created_at) },
  ]
  return (
    <div className="panel facts-panel">
      <FactList facts={facts} />
    </div>
  )
}

function DeliveriesOf({ detail }: { readonly detail: Detail }) {
  const text = useText(applicationText)
  const { columns } = useText(deliveriesText)
  const format = useFormat()
  return (
    <Panel title={text.deliveries} actions={<SendButton id={detail.id} />} flush>
      {detail.deliveries.length === 0 ? (
        <p className="panel-body muted">{text.noDeliveries}</p>
      ) : (
        <DataTable
          caption={text.deliveries}
          rows={detail.deliveries}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'id',
              head: columns.delivery,
              cell: ({ id }) => (
                <Link className="row-link mono" href={`/deliveries/${encodeURIComponent(id)}`}>
                  {id}
                </Link>
              ),
            },
            { key: 'state', head: columns.state, cell: ({ state }) => <DeliveryStateBadge state={state} /> },
            {
              key: 'made',
              head: columns.made,
              align: 'end',
              priority: 1,
              cell: ({ created_at: at }) => format.time(at),
            },
          ]}
        />
      )}
    </Panel>
  )
}

/** Sends what waits at once, under its id; else the webhook once more. */
function SendButton({ id }: { readonly id: number }) {
  const text = useText(applicationText)
  const queryClient = useQueryClient()
  const send = useToldMutation(useApi().simulator.sendApplication.mutation(), {
    done: ({ success }) => (success ? text.sent : text.sentInVain),
    failed: text.sendFailed,
    after: () => queryClient.invalidateQueries({ queryKey: ['simulator', 'getApplication'] }),
  })
  return (
    <Button size="s" icon="send" busy={send.isPending} onClick={() => send.mutate({ id })}>
      {text.send}
    </Button>
  )
}

function EventsOf({ detail }: { readonly detail: Detail }) {
  const text = useText(applicationText)
  const format = useFormat()
  return (
    <Panel title={text.events}>
      <ol className="events">
        {detail.timeline.map((event) => (
          <li key={String(event.id)}>
            <code>{event.type}</code>
            <time className="muted" dateTime={event.at}>
              {format.dateTime(event.at)}
            </time>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
