import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { servicesText } from './services-text.ts'

/** Starts or stops the sample behind a service; nothing for a service that is no sample of this sandbox. */
export function SampleButton({ slug }: { readonly slug: string }) {
  const api = useApi()
  const text = useText(servicesText).sample
  const { offline } = useText(stateText)
  const toast = useToast()
  const queryClient = useQueryClient()
  const { data } = useQuery(api.market.listSamples.query())
  const shared = {
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['market'] }),
    onError: (error: Error) => toast({ tone: 'bad', title: text.failed, detail: errorMessage(error, offline) }),
  }
  const start = useMutation({ ...api.market.startSample.mutation(), ...shared })
  const stop = useMutation({ ...api.market.stopSample.mutation(), ...shared })
  const sample = data?.samples.find(({ name }) => name === slug)
  if (!sample) return null
  const isRunning = sample.state === 'running'
  const { mutate } = isRunning ? stop : start
  return (
    <Button
      icon={isRunning ? 'stop' : 'play'}
      busy={start.isPending || stop.isPending}
      onClick={() => mutate({ name: slug })}
    >
      {isRunning ? text.stop : text.start}
    </Button>
  )
}
