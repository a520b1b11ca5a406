import type { IconName } from '../ui/icon.tsx'

/** Screens that the navigation lists. */
export const screenNames = [
  'overview',
  'deliveries',
  'send',
  'applications',
  'outbox',
  'tenants',
  'services',
  'conformance',
  'faults',
  'reference',
  'settings',
] as const

/** One of {@link screenNames}. */
export type ScreenName = (typeof screenNames)[number]

/** A screen in the navigation. */
export interface NavigationEntry {
  readonly screen: ScreenName
  readonly path: string
  readonly icon: IconName
  /** Key after `g` that leads there. */
  readonly key: string
}

/** The navigation, in groups. */
export const navigation: readonly (readonly NavigationEntry[])[] = Object.freeze([
  [
    { screen: 'overview', path: '/', icon: 'overview', key: 'o' },
    { screen: 'deliveries', path: '/deliveries', icon: 'deliveries', key: 'd' },
    { screen: 'send', path: '/send', icon: 'send', key: 'n' },
    { screen: 'applications', path: '/applications', icon: 'applications', key: 'a' },
    { screen: 'outbox', path: '/outbox', icon: 'outbox', key: 'm' },
  ],
  [
    { screen: 'tenants', path: '/tenants', icon: 'tenant', key: 't' },
    { screen: 'services', path: '/services', icon: 'services', key: 's' },
    { screen: 'conformance', path: '/conformance', icon: 'conformance', key: 'c' },
    { screen: 'faults', path: '/faults', icon: 'faults', key: 'f' },
  ],
  [
    { screen: 'reference', path: '/reference', icon: 'reference', key: 'r' },
    { screen: 'settings', path: '/settings', icon: 'settings', key: 'e' },
  ],
])
