import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Field, Select } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { settingsText } from './settings-text.ts'

const HOUR = 3_600_000
const ages = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR, month: 720 * HOUR } as const
const names = ['hour', 'day', 'week', 'month'] as const

/** Forgets what ended long ago. */
export function ForgetPanel() {
  const text = useText(settingsText)
  const states = useText(stateText)
  const format = useFormat()
  const toast = useToast()
  const queryClient = useQueryClient()
  const [age, setAge] = useState<(typeof names)[number]>('week')
  const forget = useMutation({
    ...useApi().simulator.forgetDeliveries.mutation(),
    onSuccess({ forgotten }) {
      toast({ tone: 'good', title: text.forgot(format.number(forgotten)) })
      return queryClient.invalidateQueries()
    },
    onError: (error) => toast({ tone: 'bad', title: text.forgetFailed, detail: errorMessage(error, states.offline) }),
  })
  return (
    <Panel title={text.retention} note={text.retentionNote}>
      <Field label={text.olderThan}>
        {(control) => (
          <div className="input-row">
            <Select
              {...control}
              value={age}
              choices={names.map((value) => ({ value, label: text.ages[value] }))}
              onChoose={setAge}
            />
            <Button icon="trash" busy={forget.isPending} onClick={() => forget.mutate({ older_than_ms: ages[age] })}>
              {text.forget}
            </Button>
          </div>
        )}
      </Field>
    </Panel>
  )
}
