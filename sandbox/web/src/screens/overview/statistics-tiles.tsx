import type { Outputs } from '../../api/router.ts'
import { useNow } from '../../live/use-now.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Tile } from '../../ui/tile.tsx'
import { ConformanceTile } from './conformance-tile.tsx'
import { overviewText } from './overview-text.ts'

interface StatisticsTilesProps {
  readonly overview: Outputs['market']['overview']
}

/** The numbers that people look at first. */
export function StatisticsTiles({ overview }: StatisticsTilesProps) {
  const text = useText(overviewText).tiles
  const format = useFormat()
  const now = useNow()
  const { deliveries, callbacks, applications, duration_ms: duration, success_rate: rate } = overview.tiles
  const next = overview.waiting.next[0]?.next_attempt_at
  const time = (ms: number | null) => (ms === null ? '–' : format.duration(ms))
  return (
    <ul className="tiles">
      <Tile
        name={text.success}
        value={rate === null ? '–' : format.percent(rate)}
        note={text.successNote(format.number(sumOf(deliveries.by_state, 'delivered', 'failed', 'stopped')))}
        tone={rate === null || rate >= 0.95 ? undefined : 'bad'}
      />
      <Tile
        name={text.deliveries}
        to="/deliveries"
        value={format.number(deliveries.total)}
        note={text.deliveriesNote(format.number(sumOf(deliveries.by_state, 'failed')))}
      />
      <Tile
        name={text.latency}
        value={time(duration.p50)}
        note={
          <>
            p95 {time(duration.p95)} · p99 {time(duration.p99)}
            <br />
            {text.samples(format.number(duration.count))}
          </>
        }
      />
      <Tile
        name={text.waiting}
        to="/deliveries?state=waiting"
        value={format.number(overview.waiting.total)}
        note={next === undefined ? text.noNext : text.next(format.relative(next, now))}
      />
      <Tile
        name={text.callbacks}
        value={format.number(callbacks.total)}
        note={text.callbacksNote(format.number(sumOf(callbacks.by_verdict, 'refused', 'malformed')))}
      />
      <Tile
        name={text.applications}
        to="/applications"
        value={format.number(applications.total)}
        note={text.applicationsNote(format.number(sumOf(applications.by_status, 'completed')))}
      />
      <ConformanceTile runs={overview.conformance} />
    </ul>
  )
}

function sumOf(counts: Readonly<Record<string, number>>, ...names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (counts[name] ?? 0), 0)
}
