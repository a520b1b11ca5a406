import type { Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { servicesText } from './services-text.ts'

type Plan = Outputs['market']['getService']['plans'][number]

/** What tenants can book. */
export function PlansPanel({ plans }: { readonly plans: readonly Plan[] }) {
  const text = useText(servicesText)
  const { kinds } = useText(wordText)
  const format = useFormat()
  const language = usePreference('language')
  const limits: Readonly<Record<string, string>> = text.limits
  const price = ({ price: one }: Plan) =>
    one ? `${format.money(Number(one.amount), one.currency)} ${text.plan.per[one.per]}` : text.plan.free
  const limitsOf = (plan: Plan) => {
    const parts = Object.entries(plan.limits).map(
      ([name, value]) => `${format.number(Number(value))} ${limits[name] ?? name}`,
    )
    return parts.length === 0 ? text.plan.noLimits : parts.join(', ')
  }
  return (
    <Panel title={text.plansTitle} flush>
      <DataTable
        caption={text.plansTitle}
        rows={plans}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'name',
            head: text.plan.name,
            cell: ({ id, title }) => (
              <>
                {title[language]} <span className="mono muted">{id}</span>
              </>
            ),
          },
          { key: 'kind', head: text.plan.kind, cell: ({ kind }) => kinds[kind] },
          { key: 'price', head: text.plan.price, align: 'end', cell: price },
          { key: 'limits', head: text.plan.limits, priority: 1, cell: limitsOf },
          {
            key: 'features',
            head: text.plan.features,
            priority: 2,
            cell: ({ features }) => <span className="mono">{features.join(', ') || '–'}</span>,
          },
        ]}
      />
    </Panel>
  )
}
