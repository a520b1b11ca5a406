import { defineText } from '../text/define-text.ts'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'
import { Field, TextInput } from './field.tsx'
import { isMonth, monthAfter } from './month.ts'

interface MonthPickerProps {
  /** `YYYY-MM`. */
  readonly value: string
  readonly onChoose: (month: string) => void
}

const monthText = defineText({
  en: { label: 'Month', previous: 'Previous month', next: 'Next month' },
  ko: { label: '월', previous: '이전 달', next: '다음 달' },
})

/** Chooses a month. */
export function MonthPicker({ value, onChoose }: MonthPickerProps) {
  const text = useText(monthText)
  return (
    <div className="month-picker">
      <IconButton icon="left" label={text.previous} onClick={() => onChoose(monthAfter(value, -1))} />
      <Field label={<span className="visually-hidden">{text.label}</span>}>
        {(control) => (
          <TextInput
            {...control}
            type="month"
            pattern="\d{4}-\d{2}"
            defaultValue={value}
            key={value}
            onChange={({ target }) => {
              if (isMonth(target.value)) onChoose(target.value)
            }}
          />
        )}
      </Field>
      <IconButton icon="right" label={text.next} onClick={() => onChoose(monthAfter(value, 1))} />
    </div>
  )
}
