/** Languages of everything that people read. */
export const languages = ['ko', 'en'] as const

/** One of {@link languages}. */
export type Language = (typeof languages)[number]

/** Whether there are texts in this language. */
export function isLanguage(value: string): value is Language {
  return languages.some((language) => language === value)
}

/** The language that the environment asks for; English where it asks for one that is not here. */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale
  return /^ko(?:[_.-]|$)/i.test(locale) ? 'ko' : 'en'
}

/**
 * The language of `--lang` among arguments, else of MT_LANG, else that of the environment; what is no language is
 * passed over.
 */
export function languageOf(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const given = args.flatMap((arg, at) => {
    if (arg.startsWith('--lang=')) return [arg.slice('--lang='.length)]
    return arg === '--lang' ? [args[at + 1] ?? ''] : []
  })
  return [...given.slice(-1), env.MT_LANG ?? ''].find(isLanguage) ?? systemLanguage(env)
}
