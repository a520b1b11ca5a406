import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../api/page-api.ts'
import { Loaded } from '../ui/loaded.tsx'
import { LoginScreen } from './login-screen.tsx'
import { useTokenOfAddress } from './use-token-of-address.ts'

/** Lets those in who are logged in; the address that the sandbox prints logs its operator in. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { isExchanging, isRefused } = useTokenOfAddress()
  const me = useQuery({ ...useApi().session.me.query(), enabled: !isExchanging })
  return (
    <Loaded query={me} height={480}>
      {({ role }) => (role === 'anonymous' ? <LoginScreen isRefused={isRefused} /> : children)}
    </Loaded>
  )
}
