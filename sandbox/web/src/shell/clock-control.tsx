import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../api/page-api.ts'
import { useNow } from '../live/use-now.ts'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { errorMessage } from '../ui/error-message.ts'
import { Field, TextInput } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { stateText } from '../ui/state-text.ts'
import { useToast } from '../ui/toasts.tsx'
import { parseDistance } from './parse-distance.ts'
import { shellText } from './shell-text.ts'

const STEPS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 86_400_000, 270_000_000]

/** Shows the sandbox's time and moves it ahead. */
export function ClockControl() {
  const text = useText(shellText).clock
  const format = useFormat()
  const now = useNow()
  const { data: clock } = useQuery(useApi().simulator.getClock.query())
  const [isOpen, setIsOpen] = useState(false)
  const offset = clock?.offset_ms ?? 0
  return (
    <>
      <button type="button" className="clock" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Icon name="clock" />
        <span className="visually-hidden">{text.label}: </span>
        <span className="clock-time">{format.time(now)}</span>
        {offset > 0 && <span className="clock-offset">+{format.duration(offset)}</span>}
      </button>
      <Dialog title={text.label} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <p className="clock-now">{format.dateTime(now)}</p>
        <p className="muted">{offset > 0 ? text.ahead(format.duration(offset)) : text.real}</p>
        <ClockForm />
      </Dialog>
    </>
  )
}

/** Moves the clock by one of the usual distances, or another. */
export function ClockForm() {
  const text = useText(shellText).clock
  const states = useText(stateText)
  const format = useFormat()
  const toast = useToast()
  const queryClient = useQueryClient()
  const [custom, setCustom] = useState('')
  const [problem, setProblem] = useState<string>()
  const advance = useMutation({
    ...useApi().simulator.advanceClock.mutation(),
    onSuccess: (_clock, { ms }) => {
      toast({ tone: 'good', title: text.moved(format.duration(ms)) })
      setCustom('')
      return queryClient.invalidateQueries()
    },
    onError: (error) => toast({ tone: 'bad', title: text.failed, detail: errorMessage(error, states.offline) }),
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        const ms = parseDistance(custom)
        setProblem(ms === null ? text.bad : undefined)
        if (ms !== null) advance.mutate({ ms })
      }}
    >
      <fieldset className="clock-steps" disabled={advance.isPending}>
        <legend className="field-label">{text.advance}</legend>
        {STEPS.map((ms) => (
          <Button key={ms} size="s" onClick={() => advance.mutate({ ms })}>
            +{format.duration(ms)}
          </Button>
        ))}
      </fieldset>
      <Field label={text.custom} hint={text.hint} error={problem}>
        {(control) => (
          <div className="input-row">
            <TextInput {...control} value={custom} onChange={(event) => setCustom(event.target.value)} />
            <Button type="submit" busy={advance.isPending}>
              {text.go}
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
