import { type ReactNode, Suspense } from 'react'
import { useLocation } from 'wouter'
import { LiveProvider } from './live/live-events.tsx'
import { Screens, TenantScreens } from './screens/screens.tsx'
import { SessionGate } from './session/session-gate.tsx'
import { PatientRouter } from './shell/patient-router.tsx'
import { Shell } from './shell/shell.tsx'
import { TenantShell } from './shell/tenant-shell.tsx'
import { useText } from './text/use-text.ts'
import { Button } from './ui/button.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { LoadingState } from './ui/loaded.tsx'
import { stateText } from './ui/state-text.ts'
import { ToastProvider } from './ui/toasts.tsx'

/** The page. */
export function App() {
  return (
    <PatientRouter>
      <ToastProvider>
        <SessionGate
          operator={(lastEventId) => (
            <LiveProvider lastEventId={lastEventId}>
              <Shell>
                <Guarded>
                  <Screens />
                </Guarded>
              </Shell>
            </LiveProvider>
          )}
          tenantAdmin={
            <TenantShell>
              <Guarded>
                <TenantScreens />
              </Guarded>
            </TenantShell>
          }
        />
      </ToastProvider>
    </PatientRouter>
  )
}

function Guarded({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation()
  return (
    <ErrorBoundary resetKey={location} fallback={<BrokenScreen />}>
      <Suspense fallback={<LoadingState height={480} />}>{children}</Suspense>
    </ErrorBoundary>
  )
}

function BrokenScreen() {
  const text = useText(stateText)
  const reload = <Button onClick={() => window.location.reload()}>{text.reload}</Button>
  return <EmptyState icon="faults" title={text.broken} hint={text.brokenHint} action={reload} />
}
