import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useApi } from '../../api/page-api.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Loaded, LoadingState } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useAddressState } from '../../ui/use-address-state.ts'
import { referenceText } from './reference-text.ts'

const SwaggerView = lazy(async () => ({ default: (await import('./swagger-view.tsx')).SwaggerView }))

/** The API of a service, read from its own document. */
export function ReferenceScreen() {
  const text = useText(referenceText)
  const language = usePreference('language')
  const [address, change] = useAddressState()
  const services = useQuery(useApi().market.listServices.query())
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <Loaded query={services} height={480}>
        {({ services: all }) => {
          const chosen = all.find(({ slug }) => slug === address.get('service')) ?? all[0]
          if (!chosen) {
            const action = <ButtonLink to="/services">{text.toServices}</ButtonLink>
            return <EmptyState icon="services" title={text.noService} hint={text.noServiceHint} action={action} />
          }
          return (
            <div className="stack">
              <Field label={text.service}>
                {(control) => (
                  <Select
                    {...control}
                    value={chosen.slug}
                    choices={all.map(({ slug, title }) => ({ value: slug, label: title[language] }))}
                    onChoose={(service) => change({ service })}
                  />
                )}
              </Field>
              <ServiceReference key={chosen.slug} slug={chosen.slug} />
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

function ServiceReference({ slug }: { readonly slug: string }) {
  const text = useText(referenceText)
  const query = useQuery({ ...useApi().market.getOpenApi.query({ slug }), staleTime: 300_000 })
  return (
    <Loaded query={query} height={480}>
      {({ document }) =>
        document === null ? (
          <EmptyState icon="reference" title={text.none} hint={text.noneHint} />
        ) : (
          <>
            <div>
              <Button icon="download" onClick={() => saveFile(`${slug}-openapi.json`, document, 'application/json')}>
                {text.download}
              </Button>
            </div>
            <Suspense fallback={<LoadingState height={480} />}>
              <SwaggerView document={document} />
            </Suspense>
          </>
        )
      }
    </Loaded>
  )
}
