import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button, type ButtonKind } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { applicationText, type MarketAction } from './application-text.ts'

const looks: Readonly<Record<MarketAction, ButtonKind>> = {
  approve: 'primary',
  reject: 'danger',
  withdraw: 'plain',
  retry: 'primary',
}

interface DecisionButtonsProps {
  readonly application: Outputs['market']['getApplication']
}

/** What is legal next, and nothing else. */
export function DecisionButtons({ application }: DecisionButtonsProps) {
  const text = useText(applicationText)
  const action = useText(actionText)
  const decide = useDecisions()
  const [asked, setAsked] = useState<MarketAction>()
  const [draft, setDraft] = useState({ plan: '', start: '', end: '', reason: '' })
  const { id, next_actions: actions } = application
  const close = () => setAsked(undefined)
  if (actions.length === 0) return <p className="muted">{text.nothingNext}</p>

  function run(name: MarketAction): void {
    const { plan, start, end, reason } = draft
    if (name === 'retry') decide.retry.mutate({ id })
    if (name === 'withdraw') decide.withdraw.mutate({ id }, { onSuccess: close })
    if (name === 'reject') decide.reject.mutate({ id, reason }, { onSuccess: close })
    if (name === 'approve') {
      const term = { ...(plan && { plan }), ...(start && { start_date: start }), ...(end && { end_date: end }) }
      decide.approve.mutate({ id, ...term }, { onSuccess: close })
    }
  }

  const field = (name: keyof typeof draft, label: string, type: string) => (
    <Field key={name} label={label} optional={name !== 'reason'}>
      {(control) => (
        <TextInput
          {...control}
          type={type}
          required={name === 'reason'}
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        />
      )}
    </Field>
  )

  return (
    <>
      <div className="row">
        {actions.map((name) => (
          <Button
            key={name}
            kind={looks[name]}
            busy={decide[name].isPending}
            onClick={() => (name === 'retry' ? run(name) : setAsked(name))}
          >
            {text.actions[name]}
          </Button>
        ))}
      </div>
      <Dialog
        title={asked ? text.actions[asked] : ''}
        isOpen={asked !== undefined}
        onClose={close}
        actions={
          asked && (
            <>
              <Button onClick={close}>{action.cancel}</Button>
              <Button
                kind={looks[asked]}
                busy={decide[asked].isPending}
                disabled={asked === 'reject' && draft.reason.trim() === ''}
                onClick={() => run(asked)}
              >
                {text.actions[asked]}
              </Button>
            </>
          )
        }
      >
        <div className="stack">
          {asked === 'approve' && (
            <>
              <p className="muted">{text.approveHint}</p>
              {field('plan', text.fields.plan, 'text')}
              {field('start', text.fields.start, 'date')}
              {field('end', text.fields.end, 'date')}
            </>
          )}
          {asked === 'reject' && (
            <>
              <p className="muted">{text.rejectHint}</p>
              {field('reason', text.fields.reason, 'text')}
            </>
          )}
          {asked === 'withdraw' && <p>{text.withdrawQuestion}</p>}
        </div>
      </Dialog>
    </>
  )
}

/** The mutations behind the buttons; each says how it went. */
function useDecisions() {
  const text = useText(applicationText)
  const states = useText(stateText)
  const toast = useToast()
  const { market } = useApi()
  const told = (name: MarketAction) => ({
    onSuccess: () => toast({ tone: 'good', title: text.done[name] }),
    onError: (error: Error) =>
      toast({ tone: 'bad', title: text.failed[name], detail: errorMessage(error, states.offline) }),
  })
  return {
    approve: useMutation({ ...market.approve.mutation(), ...told('approve') }),
    reject: useMutation({ ...market.reject.mutation(), ...told('reject') }),
    withdraw: useMutation({ ...market.withdraw.mutation(), ...told('withdraw') }),
    retry: useMutation({ ...market.retry.mutation(), ...told('retry') }),
  }
}
