import { useMemo } from 'react'
import type { Outputs } from '../../api/router.ts'
import { ChartPanel } from '../../chart/chart-panel.tsx'
import { LazyTimeChart } from '../../chart/lazy-time-chart.tsx'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { overviewText } from './overview-text.ts'

interface ChartProps {
  readonly buckets: Outputs['market']['overview']['buckets']
}

/** Attempts that went well and that did not, over time. */
export function AttemptsChart({ buckets }: ChartProps) {
  const text = useText(overviewText)
  const format = useFormat()
  const times = useMemo(() => buckets.map(({ at }) => Date.parse(at)), [buckets])
  const drawn = useMemo(
    () =>
      [
        { label: text.failed, colour: '--chart-bad', kind: 'stacked', values: buckets.map(({ failed }) => failed) },
        {
          label: text.succeeded,
          colour: '--chart-good',
          kind: 'stacked',
          values: buckets.map(({ succeeded }) => succeeded),
        },
      ] as const,
    [buckets, text],
  )
  return (
    <ChartPanel
      title={text.attempts}
      file="attempts"
      rows={buckets}
      columns={[
        { head: text.columns.at, value: ({ at }) => at, shown: ({ at }) => format.dateTime(at) },
        { head: text.succeeded, value: ({ succeeded }) => succeeded },
        { head: text.failed, value: ({ failed }) => failed },
      ]}
    >
      <LazyTimeChart label={text.attemptsChart} times={times} series={drawn} formatValue={format.number} />
    </ChartPanel>
  )
}

/** How long answers took, over time. */
export function LatencyChart({ buckets }: ChartProps) {
  const text = useText(overviewText)
  const format = useFormat()
  const times = useMemo(() => buckets.map(({ at }) => Date.parse(at)), [buckets])
  const drawn = useMemo(
    () =>
      [
        { label: 'p50', colour: '--chart-accent', kind: 'line', values: buckets.map(({ p50 }) => p50) },
        { label: 'p95', colour: '--chart-second', kind: 'line', values: buckets.map(({ p95 }) => p95) },
      ] as const,
    [buckets],
  )
  const shown = (ms: number | null) => (ms === null ? '–' : format.duration(ms))
  return (
    <ChartPanel
      title={text.latency}
      note={text.latencyNote}
      file="latency"
      rows={buckets}
      columns={[
        { head: text.columns.at, value: ({ at }) => at, shown: ({ at }) => format.dateTime(at) },
        { head: 'p50', value: ({ p50 }) => p50, shown: ({ p50 }) => shown(p50) },
        { head: 'p95', value: ({ p95 }) => p95, shown: ({ p95 }) => shown(p95) },
      ]}
    >
      <LazyTimeChart label={text.latencyChart} times={times} series={drawn} formatValue={format.duration} />
    </ChartPanel>
  )
}
