import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { AttemptsChart, LatencyChart } from './attempt-charts.tsx'
import { FailureReasons } from './failure-reasons.tsx'
import { overviewText } from './overview-text.ts'
import { StatisticsTiles } from './statistics-tiles.tsx'
import { WaitingRetries } from './waiting-retries.tsx'
import './overview.css'

const HOUR = 3_600_000
const spans = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR, month: 720 * HOUR } as const
const spanNames = ['hour', 'day', 'week', 'month'] as const
const BUCKETS = 60

/** How the sandbox does. */
export function OverviewScreen() {
  const text = useText(overviewText)
  const api = useApi()
  const [address, change] = useAddressState()
  const span = oneOf(spanNames, address.get('span')) ?? 'hour'
  const overview = useQuery({
    ...api.market.overview.query({ span_ms: spans[span], buckets: BUCKETS }),
    placeholderData: keepPreviousData,
    refetchInterval: Math.max(10_000, spans[span] / BUCKETS),
  })
  const choices = spanNames.map((value) => ({ value, label: text.spans[value] }))
  const actions = (
    <>
      <Segmented label={text.span} value={span} choices={choices} onChoose={(value) => change({ span: value })} />
      <ButtonLink to="/send" kind="primary" icon="send">
        {text.send}
      </ButtonLink>
    </>
  )
  return (
    <>
      <PageHeader title={text.title} actions={actions} />
      <Loaded query={overview} height={560}>
        {(data) =>
          data.tiles.applications.total === 0 && data.tiles.deliveries.total === 0 ? (
            <EmptyState
              icon="send"
              title={text.emptyTitle}
              hint={text.emptyHint}
              action={<ButtonLink to="/send">{text.send}</ButtonLink>}
            />
          ) : (
            <div className="stack">
              <StatisticsTiles overview={data} />
              <div className="grid-2">
                <AttemptsChart buckets={data.buckets} />
                <LatencyChart buckets={data.buckets} />
              </div>
              <div className="grid-2">
                <FailureReasons failures={data.failures} />
                <WaitingRetries waiting={data.waiting.next} />
              </div>
            </div>
          )
        }
      </Loaded>
    </>
  )
}
