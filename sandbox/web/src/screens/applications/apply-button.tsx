import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Field, Segmented, Select, TextInput } from '../../ui/field.tsx'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { applicationText } from './application-text.ts'

const EMPTY = { service: '', kind: 'demo' as 'demo' | 'service', university: '', name: '', email: '', reason: '' }
const kinds = ['demo', 'service'] as const
const typed = ['university', 'name', 'email', 'reason'] as const

/** Lets a university apply for a service. */
export function ApplyButton() {
  const text = useText(applicationText)
  const words = useText(wordText)
  const action = useText(actionText)
  const states = useText(stateText)
  const toast = useToast()
  const api = useApi()
  const services = useQuery(api.simulator.listServices.query())
  const [isOpen, setIsOpen] = useState(false)
  const [draft, setDraft] = useState(EMPTY)
  const known = services.data?.services ?? []
  const service = draft.service || (known[0]?.slug ?? '')
  const apply = useMutation({
    ...api.market.submitApplication.mutation(),
    onSuccess() {
      toast({ tone: 'good', title: text.applied })
      setIsOpen(false)
      setDraft(EMPTY)
    },
    onError: (error) => toast({ tone: 'bad', title: text.applyFailed, detail: errorMessage(error, states.offline) }),
  })
  function submit(): void {
    const { kind, university, name, email, reason } = draft
    const applicant = {
      ...(university && { university_name: university }),
      ...(name && { name }),
      ...(email && { email }),
    }
    apply.mutate({ service, kind, applicant, ...(reason && { reason }) })
  }
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setIsOpen(true)}>
        {text.apply}
      </Button>
      <Dialog
        title={text.apply}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        actions={
          <>
            <Button onClick={() => setIsOpen(false)}>{action.cancel}</Button>
            <Button kind="primary" busy={apply.isPending} disabled={service === ''} onClick={submit}>
              {text.submit}
            </Button>
          </>
        }
      >
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <p className="muted">{text.applyHint}</p>
          <Field label={text.fields.service}>
            {(control) => (
              <Select
                {...control}
                value={service}
                choices={known.map(({ slug, title }) => ({ value: slug, label: title }))}
                onChoose={(slug) => setDraft({ ...draft, service: slug })}
              />
            )}
          </Field>
          <Segmented
            label={text.fields.kind}
            value={draft.kind}
            choices={kinds.map((value) => ({ value, label: words.kinds[value] }))}
            onChoose={(kind) => setDraft({ ...draft, kind })}
          />
          {typed.map((name) => (
            <Field key={name} label={text.fields[name]} optional>
              {(control) => (
                <TextInput
                  {...control}
                  type={name === 'email' ? 'email' : 'text'}
                  value={draft[name]}
                  onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <button type="submit" hidden />
        </form>
      </Dialog>
    </>
  )
}
