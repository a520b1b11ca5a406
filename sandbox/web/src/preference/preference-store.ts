import { type Language, languages } from '../text/language.ts'

/** Looks of the page; the system's is followed unless told otherwise. */
export const themes = ['system', 'light', 'dark'] as const

/** One of {@link themes}. */
export type Theme = (typeof themes)[number]

/** What a reader chose; it stays on this browser. */
export interface Preferences {
  readonly language: Language
  readonly theme: Theme
  /** Whether single keys do something. */
  readonly shortcuts: boolean
}

/** Keeps what a reader chose, and tells who follows it. */
export interface PreferenceStore {
  readonly get: () => Preferences
  readonly set: (changes: Partial<Preferences>) => void
  /** Gives the function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
}

const KEY = 'mt-paas.preferences'

/** Opens the preferences of this browser and dresses the document in them. */
export function openPreferences(): PreferenceStore {
  const listeners = new Set<() => void>()
  let current = read()
  dress(current)
  function change(next: Preferences): void {
    current = next
    dress(current)
    for (const listener of listeners) listener()
  }
  // What is chosen in one tab, the others follow.
  addEventListener('storage', () => change(read()))
  return {
    get: () => current,
    set(changes) {
      keep({ ...current, ...changes })
      change({ ...current, ...changes })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function dress({ language, theme }: Preferences): void {
  const root = document.documentElement
  root.lang = language
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
}

function keep(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}

function read(): Preferences {
  const kept = keptObject()
  return {
    language: languages.find((one) => one === kept.language) ?? browserLanguage(),
    theme: themes.find((one) => one === kept.theme) ?? 'system',
    shortcuts: kept.shortcuts !== false,
  }
}

function keptObject(): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    return {}
  }
}

function browserLanguage(): Language {
  return navigator.languages.some((language) => /^ko\b/i.test(language)) ? 'ko' : 'en'
}
