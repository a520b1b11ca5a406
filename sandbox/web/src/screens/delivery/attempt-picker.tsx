import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Field, Select } from '../../ui/field.tsx'
import type { AttemptView } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'

interface AttemptPickerProps {
  readonly attempts: readonly AttemptView[]
  readonly present: AttemptView
  readonly onChoose: (id: number) => void
  /** @default 'Attempt' */
  readonly label?: string
}

/** Chooses one of the attempts. */
export function AttemptPicker({ attempts, present, onChoose, label }: AttemptPickerProps) {
  const text = useText(deliveryText)
  const words = useText(wordText)
  const choices = attempts.map((attempt) => ({
    value: String(attempt.id),
    label: `${text.attemptName(attempt.number, attempt.copy)} · ${attempt.response?.status ?? words.attemptStates[attempt.state]}`,
  }))
  return (
    <div className="attempt-picker">
      <Field label={label ?? text.attempt}>
        {(control) => (
          <Select
            {...control}
            value={String(present.id)}
            choices={choices}
            onChoose={(value) => onChoose(Number(value))}
          />
        )}
      </Field>
    </div>
  )
}
