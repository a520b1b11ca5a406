import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { usePreference } from '../../preference/use-preference.ts'

/** Names services as the reader's language does; operators know the catalogue, others the services of their tenants. */
export function useServiceTitle(): (slug: string) => string {
  const api = useApi()
  const language = usePreference('language')
  const { data: me } = useQuery(api.session.me.query())
  const { data: catalogue } = useQuery({ ...api.market.listServices.query(), enabled: me?.role === 'operator' })
  return (slug) =>
    catalogue?.services.find((service) => service.slug === slug)?.title[language] ??
    me?.tenants.find(({ service }) => service === slug)?.service_title[language] ??
    slug
}
