import { createContext, useContext, useSyncExternalStore } from 'react'
import type { PreferenceStore, Preferences } from './preference-store.ts'

/** The store of the page; the application provides it. */
export const PreferenceContext = createContext<PreferenceStore | null>(null)

/** The page's preferences, to change them. */
export function usePreferences(): PreferenceStore {
  const store = useContext(PreferenceContext)
  if (!store) throw new Error('No preferences around this component')
  return store
}

/** One preference; the component follows it. */
export function usePreference<TName extends keyof Preferences>(name: TName): Preferences[TName] {
  const { get, subscribe } = usePreferences()
  return useSyncExternalStore(subscribe, () => get()[name])
}

/** Whether what is shown is dark. */
export function useIsDark(): boolean {
  const theme = usePreference('theme')
  const system = useSyncExternalStore(followSystem, () => darkQuery().matches)
  return theme === 'system' ? system : theme === 'dark'
}

function darkQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)')
}

function followSystem(listener: () => void): () => void {
  const query = darkQuery()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
