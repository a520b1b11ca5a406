import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { stateText } from '../../ui/state-text.ts'
import { TablePanel } from '../../ui/table-panel.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { conformanceText } from './conformance-text.ts'
import { type Run, RunBadge } from './run-badge.tsx'

interface RunHistoryProps {
  readonly services: Outputs['market']['listServices']['services']
  readonly runs: readonly Run[]
}

/** All runs, newest first. */
export function RunHistory({ services, runs }: RunHistoryProps) {
  const text = useText(conformanceText)
  const { columns } = text
  const format = useFormat()
  const language = usePreference('language')
  const [removed, setRemoved] = useState<number | null>(null)
  const titleOf = (slug: string) => services.find((one) => one.slug === slug)?.title[language] ?? slug
  const scoreOf = (tally: Run['must']) => (tally?.score == null ? '–' : text.score(String(tally.score)))
  return (
    <TablePanel
      title={text.history}
      file="conformance-runs"
      rows={runs}
      keyOf={({ id }) => id}
      empty={<EmptyState icon="conformance" title={text.noRunTitle} hint={text.noRunHint} />}
      columns={[
        {
          key: 'run',
          head: columns.run,
          cell: ({ id, service }) => (
            <Link className="row-link" href={`/conformance/runs/${id}`}>
              {text.runTitle(titleOf(service), String(id))}
            </Link>
          ),
          value: ({ id }) => id,
        },
        {
          key: 'state',
          head: columns.state,
          cell: ({ state }) => <RunBadge state={state} />,
          value: ({ state }) => state,
        },
        {
          key: 'must',
          head: columns.must,
          align: 'end',
          cell: ({ must }) => scoreOf(must),
          value: ({ must }) => must?.score,
        },
        {
          key: 'should',
          head: columns.should,
          align: 'end',
          cell: ({ should }) => scoreOf(should),
          value: ({ should }) => should?.score,
          priority: 1,
        },
        {
          key: 'duration',
          head: columns.duration,
          align: 'end',
          cell: ({ duration_ms }) => (duration_ms === null ? '–' : format.duration(duration_ms)),
          value: ({ duration_ms }) => duration_ms,
          priority: 2,
        },
        {
          key: 'started',
          head: columns.started,
          cell: ({ started_at }) => <time dateTime={started_at}>{format.dateTime(started_at)}</time>,
          value: ({ started_at }) => started_at,
          priority: 1,
        },
        {
          key: 'actions',
          head: columns.actions,
          align: 'end',
          priority: 1,
          cell: ({ id, state }) =>
            state !== 'running' && (
              <IconButton icon="trash" label={text.remove(String(id))} onClick={() => setRemoved(id)} />
            ),
        },
      ]}
    >
      <RemoveRunDialog id={removed} onClose={() => setRemoved(null)} />
    </TablePanel>
  )
}

function RemoveRunDialog({ id, onClose }: { readonly id: number | null; readonly onClose: () => void }) {
  const text = useText(conformanceText)
  const { offline } = useText(stateText)
  const { conformance } = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const remove = useMutation({
    ...conformance.remove.mutation(),
    onError: (error) => toast({ tone: 'bad', title: text.failedTo.remove, detail: errorMessage(error, offline) }),
    onSettled() {
      onClose()
      return queryClient.invalidateQueries({ queryKey: conformance.listRuns.key() })
    },
  })
  return (
    <ConfirmDialog
      title={text.removeTitle(String(id ?? ''))}
      confirm={text.removeAction}
      isOpen={id !== null}
      isBusy={remove.isPending}
      onClose={onClose}
      onConfirm={() => id !== null && remove.mutate({ id })}
    >
      {text.removeNote}
    </ConfirmDialog>
  )
}
