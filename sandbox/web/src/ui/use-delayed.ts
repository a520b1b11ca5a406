import { useEffect, useRef, useState } from 'react'

const PAUSE = 250

/** A text that is handed on when its writer pauses. */
export function useDelayed(given: string, hand: (value: string) => void) {
  const [draft, setDraft] = useState<string>()
  const latest = useRef(hand)
  latest.current = hand
  useEffect(() => {
    if (draft === undefined) return
    const timer = setTimeout(() => {
      latest.current(draft)
      setDraft(undefined)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [draft])
  return { value: draft ?? given, set: setDraft }
}
