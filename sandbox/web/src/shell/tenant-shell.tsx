import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { useApi } from '../api/page-api.ts'
import { sessionText } from '../session/session-text.ts'
import { useText } from '../text/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { LookMenu } from './look-menu.tsx'
import { useIsLeaving } from './patient-router.tsx'
import { shellText } from './shell-text.ts'

/** The frame around what administrators of tenants see. */
export function TenantShell({ children }: { readonly children: ReactNode }) {
  const text = useText(shellText)
  const words = useText(sessionText)
  const { session } = useApi()
  const [location] = useLocation()
  const main = useRef<HTMLElement>(null)
  const shown = useRef(location)
  const { data: me } = useQuery(session.me.query())
  const logout = useMutation({
    ...session.logout.mutation(),
    // Nothing of what was shown stays in memory.
    onSuccess: () => window.location.assign('/'),
  })
  useEffect(() => {
    if (shown.current !== location) main.current?.focus({ preventScroll: true })
    shown.current = location
  }, [location])
  return (
    <div className="tenant-shell">
      <a className="skip-link" href="#main">
        {text.skip}
      </a>
      <header className="tenant-bar">
        <nav aria-label={text.navigation}>
          <Link href="/" className="brand">
            <Icon name="tenant" size={20} />
            {words.tenants}
          </Link>
        </nav>
        <span className="tenant-account muted">{me?.email}</span>
        <Button icon="logout" size="s" busy={logout.isPending} onClick={() => logout.mutate()}>
          {words.logout}
        </Button>
      </header>
      <main className="main" id="main" tabIndex={-1} ref={main} aria-busy={useIsLeaving()}>
        {children}
      </main>
      <footer className="tenant-foot">
        <LookMenu />
      </footer>
    </div>
  )
}
