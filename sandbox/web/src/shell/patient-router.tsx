import { createContext, type ReactNode, useContext, useDeferredValue, useEffect, useMemo } from 'react'
import { Router, useSearch } from 'wouter'
import { navigate, useBrowserLocation } from 'wouter/use-browser-location'
import { LoadingState } from '../ui/loaded.tsx'

interface ShownAddress {
  readonly path: string
  readonly search: string
  /** Whether the address is another one already. */
  readonly isLeaving: boolean
}

const AddressContext = createContext<ShownAddress>({ path: '/', search: '', isLeaving: false })

/** Follows the address, and leaves a screen only when the code of the next one is there: nothing flashes in between. */
export function PatientRouter({ children }: { readonly children: ReactNode }) {
  const [path] = useBrowserLocation()
  const search = useSearch()
  const address = useMemo(() => ({ path, search, isLeaving: false }), [path, search])
  const deferred = useDeferredValue(address)
  // On one screen nothing is waited for: what is typed into a filter must not jump back.
  const isLeaving = deferred.path !== path
  const shown = useMemo(() => (isLeaving ? { ...deferred, isLeaving } : address), [isLeaving, deferred, address])
  return (
    <AddressContext value={shown}>
      <Router hook={useShownPath} searchHook={useShownSearch}>
        {children}
      </Router>
    </AddressContext>
  )
}

/** Whether the next screen is on its way. */
export function useIsLeaving(): boolean {
  return useContext(AddressContext).isLeaving
}

function useShownPath(): [string, typeof navigate] {
  return [useContext(AddressContext).path, navigate]
}

function useShownSearch(): string {
  return useContext(AddressContext).search
}

/** Leads on to another screen, in place of the one that it is on. */
export function LeadOn({ to }: { readonly to: string }) {
  const isLeaving = useIsLeaving()
  useEffect(() => {
    // Who comes back before the other screen is there is led on again.
    if (!isLeaving) navigate(to, { replace: true })
  }, [isLeaving, to])
  return <LoadingState height={320} />
}
