import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { useNow } from '../../live/use-now.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useAddressState } from '../../ui/use-address-state.ts'
import { HealthBadge } from './health-badge.tsx'
import { RegisterDialog } from './register-dialog.tsx'
import { servicesText } from './services-text.ts'
import { useHealthCheck } from './use-health-check.ts'
import './services.css'

/** The catalogue. */
export function ServicesScreen() {
  const text = useText(servicesText)
  const [address, change] = useAddressState()
  const services = useQuery(useApi().market.listServices.query())
  const check = useHealthCheck()
  const register = (
    <Button kind="primary" icon="plus" onClick={() => change({ register: 'yes' })}>
      {text.register}
    </Button>
  )
  const actions = (
    <>
      <Button icon="retry" busy={check.isPending} onClick={() => check.mutate({})}>
        {text.checkAll}
      </Button>
      {register}
    </>
  )
  return (
    <>
      <PageHeader title={text.title} note={text.note} actions={actions} />
      <Loaded query={services} height={320}>
        {({ services: all }) =>
          all.length === 0 ? (
            <EmptyState icon="services" title={text.emptyTitle} hint={text.emptyHint} action={register} />
          ) : (
            <ul className="service-cards">
              {all.map((service) => (
                <ServiceCard key={service.slug} service={service} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <RegisterDialog isOpen={address.get('register') !== null} onClose={() => change({ register: undefined })} />
    </>
  )
}

function ServiceCard({ service }: { readonly service: Outputs['market']['getService'] }) {
  const text = useText(servicesText)
  const format = useFormat()
  const now = useNow()
  const language = usePreference('language')
  const { slug, title, description, base_url, health, subscriptions, plans } = service
  return (
    <li className="panel service-card">
      <div className="service-card-head">
        <h2>
          <Link href={`/services/${slug}`} className="row-link">
            {title[language]}
          </Link>
        </h2>
        <HealthBadge health={health} />
      </div>
      <p className="mono muted">{base_url}</p>
      {description[language] && <p className="service-card-text">{description[language]}</p>}
      <p className="service-card-foot">
        {[
          health?.version,
          text.subscriptions(format.number(subscriptions)),
          text.plans(format.number(plans.length)),
          health && text.checked(format.relative(health.checked_at, now)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  )
}
