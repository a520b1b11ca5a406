import { CreateUserRequest } from '@mt-paas/server/contract'
import { useId } from 'react'
import { z } from 'zod'
import { FormFrame } from '../../../form/form-frame.tsx'
import { useForm } from '../../../form/use-form.ts'
import { useText } from '../../../text/use-text.ts'
import { actionText } from '../../../ui/action-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, Select, Switch, TextInput } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import type { UserChanges } from './use-user-changes.ts'
import { roles } from './user-filters.tsx'
import { usersText } from './users-text.ts'

interface AddUserDialogProps {
  readonly changes: UserChanges
  readonly onClose: () => void
}

/** The contract leaves both to services; here an e-mail has to be one and a name has to be there. */
const NewUser = CreateUserRequest.extend({ email: z.email(), name: z.string().trim().min(1) })

/** Makes a user. */
export function AddUserDialog({ changes, onClose }: AddUserDialogProps) {
  const text = useText(usersText)
  const { cancel } = useText(actionText)
  const toast = useToast()
  const id = useId()
  const form = useForm({
    schema: NewUser,
    initial: { email: '', name: '', role: 'user' as (typeof roles)[number], password: '', send_welcome_email: true },
    toInput: ({ password, ...rest }) => ({ ...rest, password: password === '' ? null : password }),
    fieldOfError: { USER_EXISTS: 'email' },
    async submit(user) {
      await changes.create(user)
      toast({ tone: 'good', title: text.added(user.name) })
      onClose()
    },
  })
  const { draft, change, problems } = form
  const actions = (
    <>
      <Button onClick={onClose}>{cancel}</Button>
      <Button kind="primary" type="submit" form={id} busy={form.isBusy}>
        {text.add}
      </Button>
    </>
  )
  return (
    <Dialog title={text.addTitle} isOpen onClose={onClose} actions={actions}>
      <FormFrame form={form} id={id}>
        <Field label={text.columns.email} error={problems.email}>
          {(control) => (
            <TextInput
              {...control}
              type="email"
              required
              value={draft.email}
              onChange={({ target }) => change({ email: target.value })}
            />
          )}
        </Field>
        <Field label={text.columns.name} error={problems.name}>
          {(control) => (
            <TextInput
              {...control}
              required
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Field label={text.role} error={problems.role}>
          {(control) => (
            <Select
              {...control}
              value={draft.role}
              choices={roles.map((value) => ({ value, label: text.roles[value] }))}
              onChoose={(role) => change({ role })}
            />
          )}
        </Field>
        <Field label={text.password} optional hint={text.passwordHint} error={problems.password}>
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="new-password"
              value={draft.password}
              onChange={({ target }) => change({ password: target.value })}
            />
          )}
        </Field>
        <Switch
          label={text.welcome}
          isOn={draft.send_welcome_email}
          onSwitch={(send_welcome_email) => change({ send_welcome_email })}
        />
      </FormFrame>
    </Dialog>
  )
}
