import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useText } from '../text/use-text.ts'
import { IconButton } from '../ui/button.tsx'
import { ClockControl } from './clock-control.tsx'
import { ConnectionBadge } from './connection-badge.tsx'
import { LookMenu } from './look-menu.tsx'
import { Navigation } from './navigation.tsx'
import { useIsLeaving } from './patient-router.tsx'
import { shellText } from './shell-text.ts'
import { ShortcutHelp } from './shortcut-help.tsx'
import { useShortcuts } from './use-shortcuts.ts'

/** The frame around every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const text = useText(shellText)
  const [location] = useLocation()
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const drawer = useRef<HTMLDialogElement>(null)
  const main = useRef<HTMLElement>(null)
  const shown = useRef(location)
  useShortcuts({ onHelp: () => setIsHelpOpen(true) })

  useEffect(() => {
    drawer.current?.close()
    // Who follows a link reads on at the new screen; the first one begins where the browser does.
    if (shown.current !== location) main.current?.focus({ preventScroll: true })
    if (shown.current !== location) scrollTo({ top: 0 })
    shown.current = location
  }, [location])

  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {text.skip}
      </a>
      <aside className="sidebar">
        <Brand />
        <Navigation label={text.navigation} />
        <div className="sidebar-foot">
          <LookMenu />
        </div>
      </aside>
      <header className="topbar">
        <span className="topbar-menu">
          <IconButton icon="menu" label={text.menu} onClick={() => drawer.current?.showModal()} />
        </span>
        <span className="topbar-brand">
          <Brand />
        </span>
        <div className="topbar-end">
          <ConnectionBadge />
          <ClockControl />
          <IconButton icon="keyboard" label={text.shortcuts.title} onClick={() => setIsHelpOpen(true)} />
        </div>
      </header>
      <dialog className="drawer" ref={drawer} aria-label={text.menu} closedby="any">
        <div className="drawer-head">
          <Brand />
          <IconButton icon="close" label={text.menu} onClick={() => drawer.current?.close()} />
        </div>
        <Navigation label={text.menu} />
        <div className="sidebar-foot">
          <LookMenu />
        </div>
      </dialog>
      <main className="main" id="main" tabIndex={-1} ref={main} aria-busy={useIsLeaving()}>
        {children}
      </main>
      <ShortcutHelp isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
    </div>
  )
}

function Brand() {
  return (
    <span className="brand">
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="brand-mark" />
        <path
          d="M8 22V10l8 7 8-7v12"
          fill="none"
          className="brand-line"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      mt-paas
    </span>
  )
}
