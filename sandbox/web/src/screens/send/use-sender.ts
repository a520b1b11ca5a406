import { useState } from 'react'
import { useText } from '../../text/use-text.ts'
import { errorMessage } from '../../ui/error-message.ts'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { sendText } from './send-text.ts'
import type { SentResult } from './sent-results.tsx'

/** Sends something several times, one after another, and ends with the first failure of the sandbox itself. */
export function useSender(onSent: (results: readonly SentResult[]) => void) {
  const text = useText(sendText)
  const states = useText(stateText)
  const toast = useToast()
  const [done, setDone] = useState<number>()
  async function run(times: number, send: () => Promise<readonly SentResult[]>): Promise<void> {
    try {
      for (let time = 0; time < times; time++) {
        setDone(time)
        onSent(await send())
      }
    } catch (error) {
      toast({ tone: 'bad', title: text.failed, detail: errorMessage(error, states.offline) })
    } finally {
      setDone(undefined)
    }
  }
  return { done, run }
}
