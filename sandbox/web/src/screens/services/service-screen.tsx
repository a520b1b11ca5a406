import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { SubscriptionsPanel } from '../subscriptions/subscriptions-panel.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { HealthBadge } from './health-badge.tsx'
import { KeysPanel } from './keys-panel.tsx'
import { PlansPanel } from './plans-panel.tsx'
import { SampleButton } from './sample-button.tsx'
import { ServiceFacts } from './service-facts.tsx'
import { servicesText } from './services-text.ts'
import { useHealthCheck } from './use-health-check.ts'
import './services.css'

/** One service of the catalogue. */
export function ServiceScreen({ params }: { readonly params: { readonly slug: string } }) {
  const service = useQuery(useApi().market.getService.query({ slug: params.slug }))
  return (
    <Loaded query={service} height={480}>
      {(data) => <ServiceDetails key={data.slug} service={data} />}
    </Loaded>
  )
}

function ServiceDetails({ service }: { readonly service: Outputs['market']['getService'] }) {
  const text = useText(servicesText)
  const language = usePreference('language')
  const check = useHealthCheck()
  const [isEditing, setIsEditing] = useState(false)
  const { slug, title, description, health } = service
  const actions = (
    <>
      <ButtonLink to={`/conformance?service=${slug}`} icon="conformance">
        {text.conformance}
      </ButtonLink>
      <ButtonLink to={`/reference?service=${slug}`} icon="reference">
        {text.reference}
      </ButtonLink>
      <Button icon="retry" busy={check.isPending} onClick={() => check.mutate({ slug })}>
        {text.check}
      </Button>
      <SampleButton slug={slug} />
      <Button icon="settings" onClick={() => setIsEditing(true)}>
        {text.edit}
      </Button>
      <RemoveButton slug={slug} title={title[language]} />
    </>
  )
  return (
    <>
      <PageHeader
        title={title[language]}
        beside={<HealthBadge health={health} />}
        note={description[language] || undefined}
        actions={actions}
      />
      <div className="stack">
        <SubscriptionsPanel filter={{ service: slug }} />
        <div className="grid-2">
          <ServiceFacts service={service} />
          <KeysPanel service={service} />
        </div>
        <PlansPanel plans={service.plans} />
      </div>
      {isEditing && <EditDialog service={service} onClose={() => setIsEditing(false)} />}
    </>
  )
}

function RemoveButton({ slug, title }: { readonly slug: string; readonly title: string }) {
  const text = useText(servicesText)
  const { offline } = useText(stateText)
  const toast = useToast()
  const queryClient = useQueryClient()
  const [, navigate] = useLocation()
  const [isAsking, setIsAsking] = useState(false)
  const remove = useMutation({
    ...useApi().market.removeService.mutation(),
    async onSuccess() {
      toast({ tone: 'good', title: text.removed(title) })
      navigate('/services')
      await queryClient.invalidateQueries({ queryKey: ['market', 'listServices'] })
    },
    onError: (error) => toast({ tone: 'bad', title: text.removeFailed, detail: errorMessage(error, offline) }),
    onSettled: () => setIsAsking(false),
  })
  return (
    <>
      <Button kind="danger" icon="trash" onClick={() => setIsAsking(true)}>
        {text.remove}
      </Button>
      <ConfirmDialog
        title={text.removeTitle(title)}
        confirm={text.remove}
        isOpen={isAsking}
        isBusy={remove.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => remove.mutate({ slug })}
      >
        {text.removeNote}
      </ConfirmDialog>
    </>
  )
}
