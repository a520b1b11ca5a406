import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DeliveryStateBadge } from '../../ui/state-badge.tsx'
import { stateText } from '../../ui/state-text.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { AnswerPart } from './answer-part.tsx'
import { AttemptPicker } from './attempt-picker.tsx'
import { AttemptsPart } from './attempts-part.tsx'
import { CallbacksPart } from './callbacks-part.tsx'
import { CodePart } from './code-part.tsx'
import type { Delivery } from './delivery.ts'
import { DeliveryFacts } from './delivery-facts.tsx'
import { deliveryText } from './delivery-text.ts'
import { RequestPart } from './request-part.tsx'
import { TimelinePart } from './timeline-part.tsx'
import './delivery.css'

const tabNames = ['timeline', 'request', 'answer', 'callback', 'attempts', 'code'] as const

/** Everything about one delivery. */
export function DeliveryScreen({ params }: { readonly params: { readonly id: string } }) {
  const text = useText(deliveryText)
  const api = useApi()
  const delivery = useQuery(api.simulator.getDelivery.query({ id: params.id }))
  const applicationId = delivery.data?.application_id ?? null
  const application = useQuery({
    ...api.simulator.getApplication.query({ id: applicationId ?? 0 }),
    enabled: applicationId !== null,
  })
  return (
    <>
      <PageHeader
        title={text.title}
        beside={
          <>
            <span className="mono delivery-id">{params.id}</span>
            <CopyButton value={params.id} />
            {delivery.data && <DeliveryStateBadge state={delivery.data.state} />}
          </>
        }
        actions={<ReplayButton id={params.id} />}
      />
      <Loaded query={delivery} height={480}>
        {(data) => (
          <div className="stack">
            <DeliveryFacts delivery={data} application={application.data} />
            <Parts delivery={data} application={application.data} />
          </div>
        )}
      </Loaded>
    </>
  )
}

function ReplayButton({ id }: { readonly id: string }) {
  const text = useText(deliveryText)
  const states = useText(stateText)
  const toast = useToast()
  const queryClient = useQueryClient()
  const api = useApi()
  const replay = useMutation({
    ...api.simulator.replay.mutation(),
    onSuccess: () => toast({ tone: 'good', title: text.replayed }),
    onError: (error) => toast({ tone: 'bad', title: text.replayFailed, detail: errorMessage(error, states.offline) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.simulator.getDelivery.key() }),
  })
  return (
    <Button kind="primary" icon="retry" busy={replay.isPending} onClick={() => replay.mutate({ id })}>
      {text.replay}
    </Button>
  )
}

function Parts({ delivery, application }: Delivery) {
  const text = useText(deliveryText)
  const [address, change] = useAddressState()
  const tab = oneOf(tabNames, address.get('tab')) ?? 'timeline'
  const attempts = delivery.attempts_made
  const attempt = attempts.find(({ id }) => String(id) === address.get('attempt')) ?? attempts.at(-1)
  const counts: Partial<Record<(typeof tabNames)[number], number>> = {
    attempts: attempts.length,
    callback: application?.callbacks.length ?? 0,
  }
  const tabs = tabNames.map((name) => ({
    name,
    label: text.tabs[name],
    ...(counts[name] !== undefined && { count: counts[name] }),
  }))
  const needsAttempt = tab === 'request' || tab === 'answer' || tab === 'code'
  return (
    <Tabs label={text.part} tabs={tabs} current={tab} onChoose={(name) => change({ tab: name })}>
      <div className="stack">
        {needsAttempt && attempts.length > 1 && attempt && (
          <AttemptPicker attempts={attempts} present={attempt} onChoose={(id) => change({ attempt: String(id) })} />
        )}
        {tab === 'timeline' && <TimelinePart delivery={delivery} application={application} />}
        {tab === 'request' && attempt && <RequestPart attempt={attempt} />}
        {tab === 'answer' && attempt && <AnswerPart attempt={attempt} />}
        {tab === 'callback' && <CallbacksPart callbacks={application?.callbacks ?? []} />}
        {tab === 'attempts' && <AttemptsPart attempts={attempts} />}
        {tab === 'code' && attempt && <CodePart delivery={delivery} attempt={attempt} />}
      </div>
    </Tabs>
  )
}
