import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useIsDark, usePreferences } from '../preference/use-preference.ts'
import { navigation } from './navigation-entries.ts'

/** What shortcuts do that the page does not know by itself. */
export interface ShortcutOptions {
  readonly onHelp: () => void
}

const SEQUENCE = 1_000
const WRITING = 'input, textarea, select, [contenteditable="true"], .editor'

/** Single keys for everything that is done often; not while somebody writes, and not when they are switched off. */
export function useShortcuts({ onHelp }: ShortcutOptions): void {
  const [, navigate] = useLocation()
  const preferences = usePreferences()
  const isDark = useIsDark()
  const latest = useRef({ onHelp, navigate, isDark })
  latest.current = { onHelp, navigate, isDark }

  useEffect(() => {
    let wentAt = -SEQUENCE
    function press(event: KeyboardEvent): void {
      const { target } = event
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (target instanceof Element && target.closest(WRITING)) return
      if (!preferences.get().shortcuts || document.querySelector('dialog:modal')) return
      const { key } = event
      if (event.timeStamp - wentAt < SEQUENCE) {
        wentAt = -SEQUENCE
        const entry = navigation.flat().find((one) => one.key === key)
        if (entry) latest.current.navigate(entry.path)
        return
      }
      if (key === 'g') wentAt = event.timeStamp
      else if (key === '?') latest.current.onHelp()
      else if (key === '/') focusSearch(event)
      else if (key === 't') preferences.set({ theme: latest.current.isDark ? 'light' : 'dark' })
      else if (key === 'l') preferences.set({ language: preferences.get().language === 'ko' ? 'en' : 'ko' })
      else if (key === 'j' || key === 'k') focusRow(key === 'j' ? 1 : -1)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [preferences])
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>('input[type=search]')
  if (!search) return
  event.preventDefault()
  search.focus()
}

function focusRow(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.main tbody tr .row-link')]
  const present = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
  links[present < 0 ? 0 : present + step]?.focus()
}
