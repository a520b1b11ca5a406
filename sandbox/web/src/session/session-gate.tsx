import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { useApi } from '../api/page-api.ts'
import { Loaded, LoadingState } from '../ui/loaded.tsx'
import { useTokenOfAddress } from './use-token-of-address.ts'

const LoginScreen = lazy(async () => ({ default: (await import('./login-screen.tsx')).LoginScreen }))
const ChangePasswordScreen = lazy(async () => ({
  default: (await import('./change-password-screen.tsx')).ChangePasswordScreen,
}))

interface SessionGateProps {
  /** What the operator sees; gets the id of the last event before it. */
  readonly operator: (lastEventId: string | null) => ReactNode
  /** What the administrator of a tenant sees. */
  readonly tenantAdmin: ReactNode
}

/** Lets those in who are logged in; the address that the sandbox prints logs its operator in. */
export function SessionGate({ operator, tenantAdmin }: SessionGateProps) {
  const { isExchanging, isRefused } = useTokenOfAddress()
  const me = useQuery({ ...useApi().session.me.query(), enabled: !isExchanging })
  return (
    <Loaded query={me} height={480}>
      {({ role, must_change_password, last_event_id }) => {
        if (role === 'operator') return operator(last_event_id)
        if (role === 'tenant_admin' && !must_change_password) return tenantAdmin
        return (
          <Suspense fallback={<LoadingState height={480} />}>
            {role === 'anonymous' ? <LoginScreen isRefused={isRefused} /> : <ChangePasswordScreen />}
          </Suspense>
        )
      }}
    </Loaded>
  )
}
