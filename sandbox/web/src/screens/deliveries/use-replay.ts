import { useMutation } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { errorMessage } from '../../ui/error-message.ts'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { deliveriesText } from './deliveries-text.ts'

/** Sends many deliveries again, and says how that went. */
export function useReplay() {
  const text = useText(deliveriesText)
  const states = useText(stateText)
  const format = useFormat()
  const toast = useToast()
  return useMutation({
    ...useApi().market.replayDeliveries.mutation(),
    onSuccess: ({ replayed, skipped }) =>
      toast({
        tone: 'good',
        title: text.replayed(format.number(replayed)),
        ...(skipped > 0 && { detail: text.skipped(format.number(skipped)) }),
      }),
    onError: (error) => toast({ tone: 'bad', title: text.replayFailed, detail: errorMessage(error, states.offline) }),
  })
}
