import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { keysOf } from '../../text/keys-of.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Button } from '../../ui/button.tsx'
import { FilterSelect, SearchInput } from '../../ui/field.tsx'
import type { AddressChanges } from '../../ui/use-address-state.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import { deliveriesText } from './deliveries-text.ts'
import type { DeliveryFilter } from './delivery-log.ts'

interface DeliveryFiltersProps {
  readonly filter: DeliveryFilter
  readonly isFiltered: boolean
  readonly onChange: (changes: AddressChanges) => void
  readonly onClear: () => void
}

/** Chooses which deliveries the log shows. */
export function DeliveryFilters({ filter, isFiltered, onChange, onClear }: DeliveryFiltersProps) {
  const text = useText(deliveriesText)
  const words = useText(wordText)
  const services = useQuery(useApi().simulator.listServices.query())
  const slugs = services.data?.services.map(({ slug }) => slug) ?? []
  const choicesOf = (names: Readonly<Record<string, string>>) => [
    { value: '', label: text.any },
    ...keysOf(names).map((value) => ({ value, label: names[value] ?? value })),
  ]
  const search = useDelayed(filter.text ?? '', (value) => onChange({ search: value }))
  const selects = [
    { name: 'state', label: text.state, value: filter.state, choices: choicesOf(words.deliveryStates) },
    { name: 'reason', label: text.reason, value: filter.reason, choices: choicesOf(words.reasons) },
    { name: 'source', label: text.source, value: filter.source, choices: choicesOf(words.sources) },
    {
      name: 'service',
      label: text.service,
      value: filter.service,
      choices: choicesOf(Object.fromEntries(slugs.map((slug) => [slug, slug]))),
    },
  ]
  return (
    <search className="filters" aria-label={text.filters}>
      <SearchInput label={text.search} value={search.value} onSearch={search.set} />
      {selects.map(({ name, label, value = '', choices }) => (
        <FilterSelect
          key={name}
          label={label}
          value={value}
          choices={choices}
          onChoose={(chosen) => onChange({ [name]: chosen })}
        />
      ))}
      {isFiltered && (
        <Button kind="quiet" icon="close" onClick={onClear}>
          {text.clear}
        </Button>
      )}
    </search>
  )
}
