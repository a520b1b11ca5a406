import { useText } from '../../../text/use-text.ts'
import { Field, Select } from '../../../ui/field.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { type AddressChanges, oneOf } from '../../../ui/use-address-state.ts'
import { usersText } from './users-text.ts'

/** What a user may do. */
export const roles = ['admin', 'moderator', 'user'] as const

/** Whether a user may sign in. */
export const statuses = ['active', 'inactive', 'suspended'] as const

interface UserFiltersProps {
  readonly address: URLSearchParams
  readonly onChange: (changes: AddressChanges) => void
}

/** Filters of a list of users. */
export function UserFilters({ address, onChange }: UserFiltersProps) {
  const text = useText(usersText)
  return (
    <search className="filters">
      <SearchField
        label={text.search}
        value={address.get('search') ?? ''}
        onSearch={(search) => onChange({ search })}
      />
      <Field label={text.role}>
        {(control) => (
          <Select
            {...control}
            value={oneOf(roles, address.get('role')) ?? ''}
            choices={[{ value: '', label: text.all }, ...roles.map((value) => ({ value, label: text.roles[value] }))]}
            onChoose={(role) => onChange({ role })}
          />
        )}
      </Field>
      <Field label={text.status}>
        {(control) => (
          <Select
            {...control}
            value={oneOf(statuses, address.get('status')) ?? ''}
            choices={[
              { value: '', label: text.all },
              ...statuses.map((value) => ({ value, label: text.statuses[value] })),
            ]}
            onChoose={(status) => onChange({ status })}
          />
        )}
      </Field>
    </search>
  )
}
