import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { Field, Select } from '../../ui/field.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { AccountsPanel } from './accounts-panel.tsx'
import { SubscriptionsPanel } from './subscriptions-panel.tsx'
import { subscriptionsText } from './subscriptions-text.ts'

const statuses = ['active', 'suspended', 'expired', 'cancelled'] as const

/** Every subscription of the market. */
export function SubscriptionsScreen() {
  const text = useText(subscriptionsText)
  const language = usePreference('language')
  const [address, change] = useAddressState()
  const { data } = useQuery(useApi().market.listServices.query())
  const status = oneOf(statuses, address.get('status'))
  const service = address.get('service') ?? undefined
  const search = address.get('text') ?? undefined
  const services = [
    { value: '', label: text.all },
    ...(data?.services ?? []).map(({ slug, title }) => ({ value: slug, label: title[language] })),
  ]
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <div className="stack">
        <search className="filters">
          <SearchField label={text.search} value={search ?? ''} onSearch={(value) => change({ text: value })} />
          <Field label={text.status}>
            {(control) => (
              <Select
                {...control}
                value={status ?? ''}
                choices={[
                  { value: '', label: text.all },
                  ...statuses.map((value) => ({ value, label: text.statuses[value] })),
                ]}
                onChoose={(value) => change({ status: value })}
              />
            )}
          </Field>
          <Field label={text.service}>
            {(control) => (
              <Select
                {...control}
                value={service ?? ''}
                choices={services}
                onChoose={(value) => change({ service: value })}
              />
            )}
          </Field>
        </search>
        <SubscriptionsPanel filter={{ status, service, text: search }} />
        <AccountsPanel />
      </div>
    </>
  )
}
