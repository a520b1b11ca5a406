import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DiffTable } from '../../ui/diff-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateBadge, useReason } from '../../ui/state-badge.tsx'
import { AttemptPicker } from './attempt-picker.tsx'
import type { AttemptView } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'

/** All attempts, and how two of them differ. */
export function AttemptsPart({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  const text = useText(deliveryText)
  const words = useText(wordText)
  const format = useFormat()
  const reasonOf = useReason()
  const { columns } = text
  return (
    <>
      <Panel title={text.tabs.attempts} flush>
        <DataTable
          caption={text.tabs.attempts}
          rows={attempts}
          keyOf={({ id }) => id}
          columns={[
            { key: 'attempt', head: columns.attempt, cell: ({ number, copy }) => text.attemptName(number, copy) },
            {
              key: 'state',
              head: columns.state,
              cell: ({ state }) => <StateBadge of={state} names={words.attemptStates} />,
            },
            { key: 'status', head: columns.status, align: 'end', cell: ({ response }) => response?.status ?? '–' },
            {
              key: 'duration',
              head: columns.duration,
              align: 'end',
              cell: ({ duration_ms: ms }) => (ms === null ? '–' : format.duration(ms)),
            },
            {
              key: 'reason',
              head: columns.reason,
              priority: 1,
              cell: ({ reason }) => (reason ? reasonOf(reason) : '–'),
            },
            { key: 'fault', head: columns.fault, priority: 2, cell: ({ fault }) => fault ?? '–' },
            { key: 'started', head: columns.started, priority: 1, cell: ({ started_at: at }) => format.dateTime(at) },
          ]}
        />
      </Panel>
      {attempts.length > 1 ? <AttemptDiff attempts={attempts} /> : <p className="muted">{text.diff.onlyOne}</p>}
    </>
  )
}

function AttemptDiff({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  const text = useText(deliveryText)
  const [chosen, setChosen] = useState<{ readonly left?: number; readonly right?: number }>({})
  const left = attempts.find(({ id }) => id === chosen.left) ?? attempts.at(-2)
  const right = attempts.find(({ id }) => id === chosen.right) ?? attempts.at(-1)
  const diff = useQuery(useApi().simulator.diff.query({ left: String(left?.id), right: String(right?.id) }))
  if (!left || !right) return null
  return (
    <Panel title={text.diff.title} flush>
      <div className="diff-sides">
        <AttemptPicker
          label={text.diff.left}
          attempts={attempts}
          present={left}
          onChoose={(id) => setChosen({ ...chosen, left: id })}
        />
        <AttemptPicker
          label={text.diff.right}
          attempts={attempts}
          present={right}
          onChoose={(id) => setChosen({ ...chosen, right: id })}
        />
      </div>
      <Loaded query={diff}>
        {({ differences }) =>
          differences.length === 0 ? (
            <p className="panel-body muted">{text.diff.same}</p>
          ) : (
            <DiffTable caption={text.diff.title} heads={text.diff} differences={differences} />
          )
        }
      </Loaded>
    </Panel>
  )
}
