import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'

/** Changes of filters; undefined and empty take one away. */
export type AddressChanges = Readonly<Record<string, string | undefined>>

/** Filters that live in the address, so that they can be shared and come back with the history. */
export function useAddressState(): readonly [URLSearchParams, (changes: AddressChanges) => void] {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const state = useMemo(() => new URLSearchParams(search), [search])
  const change = useCallback(
    (changes: AddressChanges) => {
      const next = new URLSearchParams(search)
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      const text = next.toString()
      navigate(text === '' ? path : `${path}?${text}`, { replace: true })
    },
    [search, path, navigate],
  )
  return [state, change]
}

/** The value when it is one of those known, else undefined. */
export function oneOf<TValue extends string>(known: readonly TValue[], value: string | null): TValue | undefined {
  return known.find((one) => one === value)
}
