import { useQueryClient } from '@tanstack/react-query'
import { isTRPCClientError } from '@trpc/client'
import { z } from 'zod'
import { useApi } from '../api/page-api.ts'
import { FormFrame } from '../form/form-frame.tsx'
import { useForm } from '../form/use-form.ts'
import { LookMenu } from '../shell/look-menu.tsx'
import { useText } from '../text/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { sessionText } from './session-text.ts'

const Login = z.object({ email: z.string().trim().min(1), password: z.string().min(1) })

/** Lets administrators of tenants log in, and tells the operator how to get in. */
export function LoginScreen({ isRefused }: { readonly isRefused: boolean }) {
  const text = useText(sessionText)
  const { session } = useApi()
  const queryClient = useQueryClient()
  const form = useForm({
    schema: Login,
    initial: { email: '', password: '' },
    async submit(login) {
      const me = await session.login.mutate(login).catch((error: unknown) => {
        throw isRefusal(error) ? new Error(text.wrong) : error
      })
      queryClient.setQueryData(session.me.query().queryKey, me)
    },
  })
  const { draft, change, problems } = form
  return (
    <main className="login">
      <h1>{text.title}</h1>
      {isRefused && (
        <p className="field-error" role="alert">
          {text.refused}
        </p>
      )}
      <p className="muted">{text.tenantAdmin}</p>
      <FormFrame form={form}>
        <Field label={text.email} error={problems.email}>
          {(control) => (
            <TextInput
              {...control}
              type="email"
              autoComplete="username"
              value={draft.email}
              onChange={({ target }) => change({ email: target.value })}
            />
          )}
        </Field>
        <Field label={text.password} error={problems.password}>
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="current-password"
              value={draft.password}
              onChange={({ target }) => change({ password: target.value })}
            />
          )}
        </Field>
        <Button kind="primary" type="submit" busy={form.isBusy}>
          {text.title}
        </Button>
      </FormFrame>
      <hr className="rule" />
      <p className="muted">{text.ask}</p>
      <p className="muted">
        <Icon name="key" /> {text.again} <code>mt-paas open</code>
      </p>
      <LookMenu />
    </main>
  )
}

function isRefusal(error: unknown): boolean {
  const data: unknown = isTRPCClientError(error) ? error.data : null
  return typeof data === 'object' && data !== null && 'httpStatus' in data && data.httpStatus === 401
}
