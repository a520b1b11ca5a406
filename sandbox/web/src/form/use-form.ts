import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { usePreference } from '../preference/use-preference.ts'
import { useText } from '../text/use-text.ts'
import { errorMessage } from '../ui/error-message.ts'
import { stateText } from '../ui/state-text.ts'
import { checkDraft, type Problems, problemsOf } from './form-problems.ts'

/** Options of {@link useForm}. */
export interface FormOptions<TDraft, TValue> {
  readonly schema: z.ZodType<TValue>
  readonly initial: TDraft
  /** What is checked and sent. @default the draft itself */
  readonly toInput?: (draft: TDraft) => unknown
  /** Sends it; what it rejects with is shown, at the fields where it names some. */
  readonly submit: (value: TValue) => Promise<unknown>
  /** The field that an error code without a place is about. @default none */
  readonly fieldOfError?: Problems
}

/** A form: what is written so far, what is wrong with it, and whether it is on its way. */
export interface Form<TDraft> {
  readonly draft: TDraft
  readonly change: (changes: Partial<TDraft>) => void
  readonly problems: Problems
  /** What is wrong with no field in particular. */
  readonly failure: string | null
  readonly isBusy: boolean
  readonly isChanged: boolean
  readonly submit: (event?: FormEvent) => void
  readonly reset: (draft: TDraft) => void
}

/** Keeps a draft, checks it when it is sent and from then on at every change, and shows what the server says of it. */
export function useForm<TDraft extends object, TValue>(options: FormOptions<TDraft, TValue>): Form<TDraft> {
  const { schema, initial, toInput = (draft: TDraft) => draft, fieldOfError = {} } = options
  const language = usePreference('language')
  const { offline } = useText(stateText)
  const [draft, setDraft] = useState(initial)
  const [state, setState] = useState<State>(FRESH)

  function change(changes: Partial<TDraft>): void {
    const next = { ...draft, ...changes }
    setDraft(next)
    const problems = state.wasSent ? (checkDraft(schema, toInput(next), language).problems ?? {}) : {}
    setState({ ...state, problems, failure: null, isChanged: true })
  }

  async function send(): Promise<void> {
    if (state.isBusy) return
    const checked = checkDraft(schema, toInput(draft), language)
    if (checked.problems) return setState({ ...state, wasSent: true, problems: checked.problems, failure: null })
    setState({ ...state, isBusy: true, problems: {}, failure: null })
    try {
      await options.submit(checked.value)
      setState(FRESH)
    } catch (error) {
      const problems = problemsOf(error, fieldOfError)
      const isPlaced = Object.keys(problems).length > 0
      const failure = isPlaced ? null : errorMessage(error, offline)
      setState({ ...FRESH, wasSent: true, isChanged: true, problems, failure })
    }
  }

  return {
    draft,
    change,
    problems: state.problems,
    failure: state.failure,
    isBusy: state.isBusy,
    isChanged: state.isChanged,
    submit(event) {
      event?.preventDefault()
      void send()
    },
    reset(next) {
      setDraft(next)
      setState(FRESH)
    },
  }
}

interface State {
  readonly wasSent: boolean
  readonly isBusy: boolean
  readonly isChanged: boolean
  readonly problems: Problems
  readonly failure: string | null
}

const FRESH: State = Object.freeze({ wasSent: false, isBusy: false, isChanged: false, problems: {}, failure: null })
