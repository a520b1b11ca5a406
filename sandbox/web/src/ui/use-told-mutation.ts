import { type UseMutationOptions, useMutation } from '@tanstack/react-query'
import { useText } from '../text/use-text.ts'
import { errorMessage } from './error-message.ts'
import { stateText } from './state-text.ts'
import { useToast } from './toasts.tsx'

interface Told<TOutput> {
  /** What is said when it went well; undefined says nothing. */
  readonly done: (output: TOutput) => string | undefined
  /** What is said when it did not. */
  readonly failed: string
  /** @default nothing */
  readonly after?: (output: TOutput) => unknown
}

/** A mutation that says how it went. */
export function useToldMutation<TOutput, TInput>(
  mutation: UseMutationOptions<TOutput, Error, TInput>,
  { done, failed, after }: Told<TOutput>,
) {
  const { offline } = useText(stateText)
  const toast = useToast()
  return useMutation({
    ...mutation,
    onSuccess(output) {
      const title = done(output)
      if (title !== undefined) toast({ tone: 'good', title })
      return after?.(output)
    },
    onError: (error) => toast({ tone: 'bad', title: failed, detail: errorMessage(error, offline) }),
  })
}
