import { useState } from 'react'
import type { JsonObject } from '../../ui/schema-form.tsx'

/** What {@link useSynchronisedJson} gives. */
export type SynchronisedJson = ReturnType<typeof useSynchronisedJson>

/** An object and its text, of which either can be edited; a text that is no object leaves the object as it was. */
export function useSynchronisedJson(first: JsonObject) {
  const [value, setValue] = useState(first)
  const [text, setText] = useState(() => pretty(first))
  const [isBroken, setIsBroken] = useState(false)
  return {
    value,
    text,
    isBroken,
    setValue(next: JsonObject) {
      setValue(next)
      setText(pretty(next))
      setIsBroken(false)
    },
    setText(next: string) {
      setText(next)
      const parsed = objectOf(next)
      setIsBroken(parsed === null)
      if (parsed) setValue(parsed)
    },
  }
}

/** The object that a text is in JSON; null when it is none. */
export function objectOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function pretty(value: JsonObject): string {
  return JSON.stringify(value, null, 2)
}
