import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type FaultPreset, usualRates } from '../../../../src/engine/fault/fault-preset.ts'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { keysOf } from '../../text/keys-of.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { errorMessage } from '../../ui/error-message.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { faultsText } from './faults-text.ts'
import './faults.css'

interface Plan {
  readonly preset: FaultPreset
  readonly rate: number
  readonly seed: string
}

/** Trouble that the market makes on purpose. */
export function FaultsScreen() {
  const text = useText(faultsText)
  const words = useText(wordText).faults
  const format = useFormat()
  const faults = useQuery(useApi().simulator.getFaults.query())
  const { start, end } = useFaultChanges()
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <Loaded query={faults} height={480}>
        {({ active }) => (
          <div className="stack">
            <div className={classNames('panel', 'fault-banner', active && 'fault-on')} role="status">
              <Icon name={active ? 'faults' : 'check'} size={18} />
              <p>
                {active ? text.active(words[active.preset].name, format.percent(active.rate), active.seed) : text.none}
              </p>
              {active && (
                <Button busy={end.isPending} onClick={() => end.mutate()}>
                  {text.end}
                </Button>
              )}
            </div>
            <ul className="faults">
              {keysOf(words).map((preset) => (
                <FaultCard
                  key={preset}
                  preset={preset}
                  active={active?.preset === preset ? active : undefined}
                  busy={start.isPending && start.variables?.preset === preset}
                  onStart={(plan) => start.mutate(plan)}
                />
              ))}
            </ul>
          </div>
        )}
      </Loaded>
    </>
  )
}

interface FaultCardProps {
  readonly preset: FaultPreset
  readonly active: Plan | undefined
  readonly busy: boolean
  readonly onStart: (plan: Plan) => void
}

function FaultCard({ preset, active, busy, onStart }: FaultCardProps) {
  const text = useText(faultsText)
  const { name, says } = useText(wordText).faults[preset]
  const format = useFormat()
  const [rate, setRate] = useState(active?.rate ?? usualRates[preset])
  const [seed, setSeed] = useState(active?.seed ?? '1')
  return (
    <li className={classNames('panel', 'fault', active && 'fault-on')}>
      <div className="row fault-head">
        <h2>{name}</h2>
        {active && (
          <Badge tone="warn" icon="faults">
            {text.on}
          </Badge>
        )}
      </div>
      <p className="muted">{says}</p>
      <form
        className="fault-form"
        onSubmit={(event) => {
          event.preventDefault()
          onStart({ preset, rate, seed: seed || '1' })
        }}
      >
        <Field label={`${text.rate}: ${format.percent(rate)}`}>
          {(control) => (
            <input
              {...control}
              type="range"
              className="range"
              min={5}
              max={100}
              step={5}
              value={Math.round(rate * 100)}
              onChange={(event) => setRate(Number(event.target.value) / 100)}
            />
          )}
        </Field>
        <div className="input-row">
          <Field label={text.seed}>
            {(control) => (
              <TextInput {...control} value={seed} maxLength={60} onChange={(event) => setSeed(event.target.value)} />
            )}
          </Field>
          <Button type="submit" busy={busy}>
            {active ? text.update : text.start}
            <span className="visually-hidden"> {name}</span>
          </Button>
        </div>
      </form>
    </li>
  )
}

function useFaultChanges() {
  const text = useText(faultsText)
  const words = useText(wordText).faults
  const states = useText(stateText)
  const toast = useToast()
  const queryClient = useQueryClient()
  const { simulator } = useApi()
  const onError = (error: Error) =>
    toast({ tone: 'bad', title: text.failed, detail: errorMessage(error, states.offline) })
  const onSettled = () => queryClient.invalidateQueries({ queryKey: simulator.getFaults.key() })
  return {
    start: useMutation({
      ...simulator.setFaults.mutation(),
      onSuccess: ({ active }) => active && toast({ tone: 'good', title: text.started(words[active.preset].name) }),
      onError,
      onSettled,
    }),
    end: useMutation({
      ...simulator.clearFaults.mutation(),
      onSuccess: () => toast({ tone: 'good', title: text.ended }),
      onError,
      onSettled,
    }),
  }
}
