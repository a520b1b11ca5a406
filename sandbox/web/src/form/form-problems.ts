import { isTRPCClientError } from '@trpc/client'
import { z } from 'zod'
import en from 'zod/v4/locales/en.js'
import ko from 'zod/v4/locales/ko.js'
import type { Language } from '../text/language.ts'
import { toldInPlace } from '../ui/error-message.ts'

/** What is wrong, by the path of the field with dots. */
export type Problems = Readonly<Record<string, string>>

const locales = { en: en().localeError, ko: ko().localeError }
const Issues = z.object({
  details: z.object({
    issues: z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), message: z.string() })),
  }),
})
const Named = z.object({ error: z.string() })

/** A draft that fits, or what is wrong with it in the reader's language. */
export type Checked<TValue> =
  | { readonly value: TValue; readonly problems: null }
  | { readonly value: null; readonly problems: Problems }

/** Holds a draft against a schema. */
export function checkDraft<TValue>(schema: z.ZodType<TValue>, draft: unknown, language: Language): Checked<TValue> {
  const parsed = schema.safeParse(draft, { error: locales[language] })
  if (parsed.success) return { value: parsed.data, problems: null }
  return { value: null, problems: byPath(parsed.error.issues.map(({ path, message }) => [path, message])) }
}

/**
 * What the server found wrong with single fields; empty when it was something else. `fields` names the field that an
 * error without a place is about.
 */
export function problemsOf(error: unknown, fields: Problems): Problems {
  if (!isTRPCClientError(error)) return {}
  const issues = Issues.safeParse(error.data).data?.details.issues
  if (issues) {
    return byPath(issues.map(({ loc, message }) => [PLACES.has(loc[0]) ? loc.slice(1) : loc, toldInPlace({ message })]))
  }
  const name = Named.safeParse(error.data).data?.error ?? ''
  const field = fields[name]
  return field === undefined ? {} : { [field]: toldInPlace({ error: name, message: error.message }) }
}

const PLACES = new Set<unknown>(['body', 'query', 'path', 'header'])

function byPath(issues: readonly (readonly [readonly PropertyKey[], string])[]): Problems {
  const problems: Record<string, string> = {}
  for (const [path, message] of issues) problems[path.join('.')] ??= message
  return problems
}
