import { useEffect, useRef, useState } from 'react'
import { Field, TextInput } from './field.tsx'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  /** Called when the reader pauses. */
  readonly onSearch: (text: string) => void
}

const PAUSE = 300

/** A field to search with; the key / leads there. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [draft, setDraft] = useState(value)
  const told = useRef(value)
  const latest = useRef(onSearch)
  latest.current = onSearch
  useEffect(() => {
    if (value !== told.current) setDraft(value)
    told.current = value
  }, [value])
  useEffect(() => {
    if (draft === told.current) return
    const timer = setTimeout(() => {
      told.current = draft
      latest.current(draft)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [draft])
  return (
    <Field label={label}>
      {(control) => (
        <TextInput {...control} type="search" value={draft} onChange={(event) => setDraft(event.target.value)} />
      )}
    </Field>
  )
}
