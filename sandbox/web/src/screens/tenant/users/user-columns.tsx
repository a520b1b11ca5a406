import { useFormat } from '../../../text/format.ts'
import { useText } from '../../../text/use-text.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import type { IconName } from '../../../ui/icon.tsx'
import type { FileColumn } from '../../../ui/table-panel.tsx'
import { PENDING_ID, type User } from './use-user-changes.ts'
import { usersText } from './users-text.ts'

interface UserColumnsOptions {
  readonly onEdit: (user: User) => void
  readonly onRemove: (user: User) => void
}

const looks: Readonly<Record<User['status'], readonly [Tone, IconName]>> = {
  active: ['good', 'check'],
  inactive: ['idle', 'dash'],
  suspended: ['warn', 'stop'],
}

/** Columns of a list of users. */
export function useUserColumns({ onEdit, onRemove }: UserColumnsOptions): readonly FileColumn<User>[] {
  const text = useText(usersText)
  const { columns } = text
  const format = useFormat()
  return [
    {
      key: 'name',
      head: columns.name,
      cell: ({ name, email, user_id }) => (
        <div className="person">
          <span className="person-name">{name}</span>
          <span className="muted">{user_id === PENDING_ID ? text.pending : email}</span>
        </div>
      ),
      value: ({ name }) => name,
    },
    {
      key: 'role',
      head: text.role,
      cell: ({ role }) => text.roles[role],
      value: ({ role }) => role,
      priority: 1,
    },
    {
      key: 'status',
      head: text.status,
      cell: ({ status }) => {
        const [tone, icon] = looks[status]
        return (
          <Badge tone={tone} icon={icon}>
            {text.statuses[status]}
          </Badge>
        )
      },
      value: ({ status }) => status,
    },
    {
      key: 'tokens',
      head: columns.tokens,
      align: 'end',
      cell: ({ usage }) => (usage ? format.number(usage.tokens) : '–'),
      value: ({ usage }) => usage?.tokens,
      priority: 2,
    },
    {
      key: 'login',
      head: columns.lastLogin,
      cell: ({ last_login }) =>
        last_login === null ? (
          <span className="muted">{text.never}</span>
        ) : (
          <time dateTime={last_login}>{format.dateTime(last_login)}</time>
        ),
      value: ({ last_login }) => last_login,
      priority: 2,
    },
    {
      key: 'actions',
      head: columns.actions,
      align: 'end',
      cell: (user) =>
        user.user_id !== PENDING_ID && (
          <span className="cell-actions">
            <IconButton icon="edit" label={text.edit(user.name)} onClick={() => onEdit(user)} />
            <IconButton icon="trash" label={text.remove(user.name)} onClick={() => onRemove(user)} />
          </span>
        ),
    },
  ]
}
