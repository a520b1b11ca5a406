import { useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { useApi } from '../api/page-api.ts'
import { FormFrame } from '../form/form-frame.tsx'
import { useForm } from '../form/use-form.ts'
import { useText } from '../text/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { sessionText } from './session-text.ts'

const Change = z.object({ current_password: z.string().min(1), new_password: z.string().min(10).max(1_024) })

/** Asks for a password of one's own in place of the one that was mailed. */
export function ChangePasswordScreen() {
  const text = useText(sessionText)
  const { session } = useApi()
  const queryClient = useQueryClient()
  const form = useForm({
    schema: Change,
    initial: { current_password: '', new_password: '' },
    fieldOfError: { UNAUTHORIZED: 'current_password' },
    async submit(change) {
      queryClient.setQueryData(session.me.query().queryKey, await session.changePassword.mutate(change))
    },
  })
  const { draft, change, problems } = form
  return (
    <main className="login">
      <h1>{text.changeTitle}</h1>
      <p className="muted">{text.changeNote}</p>
      <FormFrame form={form}>
        <Field label={text.present} error={problems.current_password}>
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="current-password"
              value={draft.current_password}
              onChange={({ target }) => change({ current_password: target.value })}
            />
          )}
        </Field>
        <Field label={text.next} hint={text.nextHint} error={problems.new_password}>
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="new-password"
              value={draft.new_password}
              onChange={({ target }) => change({ new_password: target.value })}
            />
          )}
        </Field>
        <Button kind="primary" type="submit" busy={form.isBusy}>
          {text.change}
        </Button>
      </FormFrame>
    </main>
  )
}
