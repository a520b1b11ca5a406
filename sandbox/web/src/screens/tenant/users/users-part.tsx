import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../../api/page-api.ts'
import { useText } from '../../../text/use-text.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { errorMessage } from '../../../ui/error-message.ts'
import { Loaded } from '../../../ui/loaded.tsx'
import { Pager } from '../../../ui/pager.tsx'
import { stateText } from '../../../ui/state-text.ts'
import { TablePanel } from '../../../ui/table-panel.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import { oneOf, useAddressState } from '../../../ui/use-address-state.ts'
import { offsetOf } from '../offset-of.ts'
import type { TenantPartProps } from '../tenant.ts'
import { AddUserDialog } from './add-user-dialog.tsx'
import { EditUserDialog } from './edit-user-dialog.tsx'
import { type User, useUserChanges } from './use-user-changes.ts'
import { useUserColumns } from './user-columns.tsx'
import { roles, statuses, UserFilters } from './user-filters.tsx'
import { usersText } from './users-text.ts'

const LIMIT = 20

/** The users of a tenant at a service. */
export function UsersPart({ tenant }: TenantPartProps) {
  const text = useText(usersText)
  const [address, change] = useAddressState()
  const [edited, setEdited] = useState<User | null>(null)
  const [removed, setRemoved] = useState<User | null>(null)
  const changes = useUserChanges(tenant)
  const role = oneOf(roles, address.get('role'))
  const status = oneOf(statuses, address.get('status'))
  const search = address.get('search') ?? undefined
  const offset = offsetOf(address)
  const query = useQuery({
    ...useApi().tenant.listUsers.query({ ...tenant, role, status, search, limit: LIMIT, offset }),
    placeholderData: keepPreviousData,
  })
  const columns = useUserColumns({ onEdit: setEdited, onRemove: setRemoved })
  const isFiltered = role !== undefined || status !== undefined || search !== undefined
  const add = (
    <Button kind="primary" icon="plus" size="s" onClick={() => change({ add: 'yes' })}>
      {text.add}
    </Button>
  )
  return (
    <div className="stack">
      <UserFilters address={address} onChange={(next) => change({ ...next, offset: undefined })} />
      <Loaded query={query} height={400}>
        {({ users, total }) => (
          <TablePanel
            title={text.title}
            actions={add}
            file={`users-${tenant.tenant_id}`}
            rows={users}
            keyOf={({ user_id }) => user_id}
            columns={columns}
            empty={
              isFiltered ? (
                <EmptyState icon="search" title={text.nothing} hint={text.nothingHint} />
              ) : (
                <EmptyState icon="user" title={text.empty} hint={text.emptyHint} />
              )
            }
          >
            <Pager
              offset={offset}
              limit={LIMIT}
              total={total}
              onMove={(next) => change({ offset: next === 0 ? undefined : String(next) })}
            />
          </TablePanel>
        )}
      </Loaded>
      {address.get('add') !== null && <AddUserDialog changes={changes} onClose={() => change({ add: undefined })} />}
      {edited && <EditUserDialog user={edited} changes={changes} onClose={() => setEdited(null)} />}
      <RemoveUserDialog user={removed} remove={changes.remove} onClose={() => setRemoved(null)} />
    </div>
  )
}

interface RemoveUserDialogProps {
  readonly user: User | null
  readonly remove: (user: User) => Promise<unknown>
  readonly onClose: () => void
}

function RemoveUserDialog({ user, remove, onClose }: RemoveUserDialogProps) {
  const text = useText(usersText)
  const { offline } = useText(stateText)
  const toast = useToast()
  const name = user?.name ?? ''
  async function confirm(): Promise<void> {
    onClose()
    if (!user) return
    try {
      await remove(user)
      toast({ tone: 'good', title: text.removed(name) })
    } catch (error) {
      toast({ tone: 'bad', title: text.removeFailed(name), detail: errorMessage(error, offline) })
    }
  }
  return (
    <ConfirmDialog
      title={text.removeTitle(name)}
      confirm={text.removeAction}
      isOpen={user !== null}
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>{user?.email}</p>
      <p className="muted">{text.removeNote}</p>
    </ConfirmDialog>
  )
}
