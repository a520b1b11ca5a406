import type { Outputs } from '../../api/router.ts'
import { BarList } from '../../chart/bar-list.tsx'
import { ChartPanel } from '../../chart/chart-panel.tsx'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useReason } from '../../ui/state-badge.tsx'
import { overviewText } from './overview-text.ts'

interface FailureReasonsProps {
  readonly failures: Outputs['market']['overview']['failures']
}

/** Why attempts failed; each reason leads to the deliveries that met it. */
export function FailureReasons({ failures }: FailureReasonsProps) {
  const text = useText(overviewText)
  const format = useFormat()
  const reasonOf = useReason()
  const bars = failures.map(({ reason, count }) => ({
    key: reason,
    label: reasonOf(reason),
    value: count,
    to: `/deliveries?reason=${encodeURIComponent(reason)}`,
  }))
  return (
    <ChartPanel
      title={text.reasons}
      note={text.reasonsNote}
      file="failure-reasons"
      rows={failures}
      columns={[
        { head: text.columns.reason, value: ({ reason }) => reason, shown: ({ reason }) => reasonOf(reason) },
        { head: text.columns.count, value: ({ count }) => count },
      ]}
    >
      {bars.length === 0 ? (
        <EmptyState icon="check" title={text.noReasons} hint={text.noReasonsHint} />
      ) : (
        <BarList bars={bars} formatValue={format.number} colour="--chart-bad" />
      )}
    </ChartPanel>
  )
}
