import type { Language } from './language.ts'
import { meaningsKo, sentencesKo } from './refusal-ko.ts'
import { isRefusalWordKind, refusalWordsKo } from './refusal-words-ko.ts'

/** What says no, in the words of the wire. */
export interface Refusal {
  readonly error?: string | undefined
  readonly message: string
}

/** A refusal as a person reads it. */
export type RefusalText = (refusal: Refusal, language: Language) => string

type Translation = readonly [english: string, korean: string]

/**
 * Tells refusals by sentences, the more particular first. What they say is told in the reader's language; what came from
 * elsewhere, such as from a service, keeps its words behind the meaning of its code.
 */
export function refusalTextBy(translations: readonly Translation[]): RefusalText {
  const sentences = translations.map(([english, words]): Sentence => ({ pattern: patternOf(english), words }))
  return ({ error = '', message }, language) => {
    if (language === 'en' || HANGUL.test(message)) return message
    const meaning = Object.hasOwn(meaningsKo, error) ? meaningsKo[error] : undefined
    return told(message, sentences) ?? (meaning === undefined ? message : `${meaning} (${message})`)
  }
}

/** What the market and its contract say. */
export const refusalText: RefusalText = refusalTextBy(sentencesKo)

const HANGUL = /\p{Script=Hangul}/u
const PLACE = /\{(\d)(?::(\w+))?\}/g

interface Sentence {
  readonly pattern: RegExp
  readonly words: string
}

/** `{0}` stands for any text. */
function patternOf(english: string): RegExp {
  const literal = english.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${literal.replaceAll(/\{\d\}/g, '(.+?)')}$`, 's')
}

function told(message: string, sentences: readonly Sentence[]): string | undefined {
  for (const { pattern, words } of sentences) {
    const found = pattern.exec(message)
    if (found) return words.replaceAll(PLACE, (_, index, kind) => wordOf(kind, found[Number(index) + 1] ?? ''))
  }
  return undefined
}

/** Of several words, each by itself. */
function wordOf(kind: string | undefined, value: string): string {
  if (kind === undefined || !isRefusalWordKind(kind)) return value
  const words: Readonly<Record<string, string>> = refusalWordsKo[kind]
  const known = value.split(' or ').map((one) => (Object.hasOwn(words, one) ? words[one] : undefined) ?? one)
  return known.join(', ')
}
