import { UserRole, UserStatus } from '@mt-paas/server/contract'
import { useId } from 'react'
import { z } from 'zod'
import { FormFrame } from '../../../form/form-frame.tsx'
import { useForm } from '../../../form/use-form.ts'
import { useText } from '../../../text/use-text.ts'
import { actionText } from '../../../ui/action-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, Select, TextInput } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import type { User, UserChanges } from './use-user-changes.ts'
import { roles, statuses } from './user-filters.tsx'
import { usersText } from './users-text.ts'

interface EditUserDialogProps {
  readonly user: User
  readonly changes: UserChanges
  readonly onClose: () => void
}

const ChangedUser = z.object({ name: z.string().trim().min(1), role: UserRole, status: UserStatus })

/** Changes a user. */
export function EditUserDialog({ user, changes, onClose }: EditUserDialogProps) {
  const text = useText(usersText)
  const { cancel, save } = useText(actionText)
  const toast = useToast()
  const id = useId()
  const form = useForm({
    schema: ChangedUser,
    initial: { name: user.name, role: user.role, status: user.status },
    async submit(change) {
      await changes.update(user, change)
      toast({ tone: 'good', title: text.saved(change.name) })
      onClose()
    },
  })
  const { draft, change, problems } = form
  const actions = (
    <>
      <Button onClick={onClose}>{cancel}</Button>
      <Button kind="primary" type="submit" form={id} busy={form.isBusy}>
        {save}
      </Button>
    </>
  )
  return (
    <Dialog title={text.edit(user.name)} isOpen onClose={onClose} actions={actions}>
      <FormFrame form={form} id={id}>
        <Field label={text.columns.email} hint={text.emailFixed}>
          {(control) => <TextInput {...control} value={user.email} readOnly />}
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
        <Field label={text.status} error={problems.status}>
          {(control) => (
            <Select
              {...control}
              value={draft.status}
              choices={statuses.map((value) => ({ value, label: text.statuses[value] }))}
              onChoose={(status) => change({ status })}
            />
          )}
        </Field>
      </FormFrame>
    </Dialog>
  )
}
