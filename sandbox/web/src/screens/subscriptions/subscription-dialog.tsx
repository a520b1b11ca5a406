import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { z } from 'zod'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { FormFrame } from '../../form/form-frame.tsx'
import { useForm } from '../../form/use-form.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Field, Select, Switch, TextInput } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { SubscriptionBadge } from './subscription-badge.tsx'
import { subscriptionsText } from './subscriptions-text.ts'
import { tenantPath } from './tenant-path.ts'

type Subscription = Outputs['market']['getSubscription']

/** One subscription and the actions that are legal now. */
export function SubscriptionDialog({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const text = useText(subscriptionsText)
  const query = useQuery(useApi().market.getSubscription.query({ id }))
  const title = query.data ? text.manage(query.data.tenant_id) : text.title
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Loaded query={query} height={240}>
        {(subscription) => (
          <div className="stack">
            <SubscriptionFacts subscription={subscription} />
            {subscription.next_actions.length === 0 ? (
              <p className="muted">{text.none}</p>
            ) : (
              <ActionForm key={subscription.status} subscription={subscription} onClose={onClose} />
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  )
}

function SubscriptionFacts({ subscription }: { readonly subscription: Subscription }) {
  const text = useText(subscriptionsText)
  const format = useFormat()
  const language = usePreference('language')
  const { service_title, account, plan, status, start_date, end_date, problem } = subscription
  return (
    <>
      <FactList
        facts={[
          { name: text.columns.service, value: service_title[language] },
          { name: text.columns.status, value: <SubscriptionBadge status={status} /> },
          { name: text.columns.plan, value: plan },
          { name: text.columns.end, value: `${format.date(start_date)} – ${format.date(end_date)}` },
          { name: text.columns.university, value: account.university },
          { name: text.account, value: `${account.name} (${account.email})` },
        ]}
      />
      {problem !== null && (
        <p className="form-failure">
          {text.problem}: {problem}
        </p>
      )}
      <div>
        <ButtonLink to={tenantPath(subscription)} icon="tenant">
          {text.open}
        </ButtonLink>
      </div>
    </>
  )
}

const Action = z.discriminatedUnion('action', [
  z.object({ action: z.literal('suspend'), reason: z.string().trim().min(1).max(2_000) }),
  z.object({ action: z.literal('resume') }),
  z.object({ action: z.literal('change_plan'), plan: z.string().min(1) }),
  z.object({ action: z.literal('renew'), end_date: z.iso.date().optional() }),
  z.object({ action: z.literal('cancel'), preserve_data: z.boolean() }),
])

interface ActionFormProps {
  readonly subscription: Subscription
  readonly onClose: () => void
}

function ActionForm({ subscription, onClose }: ActionFormProps) {
  const text = useText(subscriptionsText)
  const { cancel } = useText(actionText)
  const { market } = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const formId = useId()
  const { id, service, plan, next_actions } = subscription

  function act(chosen: z.infer<typeof Action>): Promise<unknown> {
    switch (chosen.action) {
      case 'suspend':
        return market.suspend.mutate({ id, reason: chosen.reason })
      case 'resume':
        return market.resume.mutate({ id })
      case 'change_plan':
        return market.changePlan.mutate({ id, plan: chosen.plan })
      case 'renew':
        return market.renew.mutate({ id, end_date: chosen.end_date })
      case 'cancel':
        return market.cancel.mutate({ id, preserve_data: chosen.preserve_data })
    }
  }

  const form = useForm({
    schema: Action,
    initial: { action: next_actions[0] ?? 'renew', reason: '', plan, end_date: '', preserve_data: true },
    toInput: ({ end_date, ...draft }) => ({ ...draft, ...(end_date !== '' && { end_date }) }),
    async submit(chosen) {
      try {
        await act(chosen)
      } finally {
        await queryClient.invalidateQueries({ queryKey: ['market'] })
      }
      toast({ tone: 'good', title: text.done })
      onClose()
    },
  })
  const { draft, change, problems } = form
  return (
    <FormFrame form={form} id={formId}>
      <Field label={text.action} hint={text.notes[draft.action]}>
        {(control) => (
          <Select
            {...control}
            value={draft.action}
            choices={next_actions.map((value) => ({ value, label: text.actions[value] }))}
            onChoose={(action) => change({ action })}
          />
        )}
      </Field>
      {draft.action === 'suspend' && (
        <Field label={text.reason} error={problems.reason}>
          {(control) => (
            <TextInput {...control} value={draft.reason} onChange={(event) => change({ reason: event.target.value })} />
          )}
        </Field>
      )}
      {draft.action === 'change_plan' && (
        <PlanField service={service} value={draft.plan} onChoose={(chosen) => change({ plan: chosen })} />
      )}
      {draft.action === 'renew' && (
        <Field label={text.endDate} optional error={problems.end_date}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={draft.end_date}
              onChange={(event) => change({ end_date: event.target.value })}
            />
          )}
        </Field>
      )}
      {draft.action === 'cancel' && (
        <Switch
          label={text.preserve}
          isOn={draft.preserve_data}
          onSwitch={(preserve_data) => change({ preserve_data })}
        />
      )}
      <div className="row row-end">
        <Button onClick={onClose}>{cancel}</Button>
        <Button
          kind={draft.action === 'cancel' || draft.action === 'suspend' ? 'danger' : 'primary'}
          type="submit"
          busy={form.isBusy}
        >
          {text.actions[draft.action]}
        </Button>
      </div>
    </FormFrame>
  )
}

interface PlanFieldProps {
  readonly service: string
  readonly value: string
  readonly onChoose: (plan: string) => void
}

function PlanField({ service, value, onChoose }: PlanFieldProps) {
  const text = useText(subscriptionsText)
  const language = usePreference('language')
  const query = useQuery(useApi().market.getService.query({ slug: service }))
  return (
    <Loaded query={query} height={60}>
      {({ plans }) => (
        <Field label={text.plan}>
          {(control) => (
            <Select
              {...control}
              value={value}
              choices={plans.map(({ id, title }) => ({ value: id, label: `${title[language]} (${id})` }))}
              onChoose={onChoose}
            />
          )}
        </Field>
      )}
    </Loaded>
  )
}
