import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { parseDistance, writtenDistance } from '../../shell/parse-distance.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { useToldMutation } from '../../ui/use-told-mutation.ts'
import { settingsText } from './settings-text.ts'

const MOST = 50

interface ScheduleEditorProps {
  readonly query: UseQueryResult<Outputs['simulator']['getSettings']>
}

/** Changes the waits before each attempt, or goes back to those that the sandbox started with. */
export function ScheduleEditor({ query: { data, refetch } }: ScheduleEditorProps) {
  const text = useText(settingsText)
  const { cancel, save } = useText(actionText)
  const [draft, setDraft] = useState<string>()
  const waits = (draft ?? '').split(',').map(parseDistance)
  const isGood = waits.length <= MOST && waits.every((wait) => wait !== null)
  const change = useToldMutation(useApi().simulator.setSchedule.mutation(), {
    done: () => text.scheduleSaved,
    failed: text.scheduleFailed,
    after() {
      setDraft(undefined)
      return refetch()
    },
  })
  return (
    <>
      <Button
        size="s"
        icon="edit"
        disabled={data === undefined}
        onClick={() => setDraft((data?.schedule_ms ?? []).map(writtenDistance).join(', '))}
      >
        {text.editSchedule}
      </Button>
      <Dialog
        title={text.schedule}
        isOpen={draft !== undefined}
        onClose={() => setDraft(undefined)}
        actions={
          <>
            <Button onClick={() => setDraft(undefined)}>{cancel}</Button>
            <Button busy={change.isPending} onClick={() => change.mutate({ schedule_ms: null })}>
              {text.usual}
            </Button>
            <Button
              kind="primary"
              busy={change.isPending}
              disabled={!isGood}
              onClick={() => change.mutate({ schedule_ms: waits.filter((wait) => wait !== null) })}
            >
              {save}
            </Button>
          </>
        }
      >
        <Field label={text.waits} hint={text.waitsHint} error={isGood ? undefined : text.waitsBad}>
          {(control) => (
            <TextInput {...control} value={draft ?? ''} onChange={({ target }) => setDraft(target.value)} />
          )}
        </Field>
      </Dialog>
    </>
  )
}
