import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { errorMessage } from '../../ui/error-message.ts'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { servicesText } from './services-text.ts'

/** Looks at a service, or at all of them, and shows what it found. */
export function useHealthCheck() {
  const api = useApi()
  const text = useText(servicesText)
  const { offline } = useText(stateText)
  const toast = useToast()
  const queryClient = useQueryClient()
  return useMutation({
    ...api.market.checkHealth.mutation(),
    onError: (error) => toast({ tone: 'bad', title: text.checkFailed, detail: errorMessage(error, offline) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['market'] }),
  })
}
