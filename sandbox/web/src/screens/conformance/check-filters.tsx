import { useText } from '../../text/use-text.ts'
import { Field, Select } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { type AddressChanges, oneOf } from '../../ui/use-address-state.ts'
import { conformanceText } from './conformance-text.ts'

/** Which checks are shown, by what became of them. */
export const shows = ['all', 'fail', 'skip', 'pass'] as const

interface CheckFiltersProps {
  readonly areas: readonly string[]
  readonly address: URLSearchParams
  readonly onChange: (changes: AddressChanges) => void
}

/** Filters of checks. */
export function CheckFilters({ areas, address, onChange }: CheckFiltersProps) {
  const text = useText(conformanceText)
  return (
    <search className="filters panel-filters">
      <SearchField
        label={text.search}
        value={address.get('search') ?? ''}
        onSearch={(search) => onChange({ search })}
      />
      <Field label={text.area}>
        {(control) => (
          <Select
            {...control}
            value={oneOf(areas, address.get('area')) ?? ''}
            choices={[{ value: '', label: text.allAreas }, ...areas.map((value) => ({ value, label: value }))]}
            onChoose={(area) => onChange({ area })}
          />
        )}
      </Field>
      <Field label={text.show}>
        {(control) => (
          <Select
            {...control}
            value={oneOf(shows, address.get('show')) ?? 'all'}
            choices={shows.map((value) => ({ value, label: text.shows[value] }))}
            onChoose={(show) => onChange({ show: show === 'all' ? undefined : show })}
          />
        )}
      </Field>
    </search>
  )
}
