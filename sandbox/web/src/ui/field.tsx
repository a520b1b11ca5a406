import { type ComponentProps, type ReactNode, useId } from 'react'
import { useText } from '../text/use-text.ts'
import { actionText } from './action-text.ts'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

interface FieldProps {
  readonly label: ReactNode
  /** @default none */
  readonly hint?: ReactNode
  /** What is wrong with it. @default nothing */
  readonly error?: string | undefined
  /** Says that it may be left out. @default false */
  readonly optional?: boolean
  /** Gives the control; what it gets names and describes it. */
  readonly children: (control: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': true | undefined
  }) => ReactNode
}

/** A control with its name, a hint and what is wrong with it. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const text = useText(actionText)
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {optional && <span className="field-optional">{text.optional}</span>}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

/** One line of text. */
export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input autoComplete="off" spellCheck={false} {...rest} className={classNames('input', className)} />
}

interface Choice<TValue extends string> {
  readonly value: TValue
  readonly label: string
}

interface SelectProps<TValue extends string> extends Omit<ComponentProps<'select'>, 'value' | 'onChange'> {
  readonly value: TValue
  readonly choices: readonly Choice<TValue>[]
  readonly onChoose: (value: TValue) => void
}

/** One of several, as a native select. */
export function Select<TValue extends string>({ value, choices, onChoose, className, ...rest }: SelectProps<TValue>) {
  return (
    <select
      {...rest}
      className={classNames('input select', className)}
      value={value}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.target.value)
        if (chosen) onChoose(chosen.value)
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

interface SegmentedProps<TValue extends string> {
  readonly label: string
  readonly value: TValue
  readonly choices: readonly Choice<TValue>[]
  readonly onChoose: (value: TValue) => void
}

/** One of a few, side by side: radio buttons that look like one control. */
export function Segmented<TValue extends string>({ label, value, choices, onChoose }: SegmentedProps<TValue>) {
  const name = useId()
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="segment">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface SwitchProps {
  readonly label: ReactNode
  readonly isOn: boolean
  readonly onSwitch: (isOn: boolean) => void
}

/** On or off. */
export function Switch({ label, isOn, onSwitch }: SwitchProps) {
  return (
    <label className="switch">
      <input type="checkbox" checked={isOn} onChange={(event) => onSwitch(event.target.checked)} />
      <span className="switch-track" aria-hidden="true" />
      <span>{label}</span>
    </label>
  )
}

interface SearchInputProps {
  readonly label: string
  readonly value: string
  readonly onSearch: (value: string) => void
}

/** Looks for something; the key `/` leads to it. */
export function SearchInput({ label, value, onSearch }: SearchInputProps) {
  return (
    <span className="search">
      <Icon name="search" />
      <input
        type="search"
        className="input"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onSearch(event.target.value)}
      />
    </span>
  )
}

interface FilterSelectProps<TValue extends string> {
  readonly label: string
  readonly value: TValue
  readonly choices: readonly Choice<TValue>[]
  readonly onChoose: (value: TValue) => void
}

/** A select with its name above it, for a row of filters. */
export function FilterSelect<TValue extends string>({ label, ...rest }: FilterSelectProps<TValue>) {
  const id = useId()
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Select id={id} {...rest} />
    </div>
  )
}
