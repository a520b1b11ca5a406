import { usePreference } from '../preference/use-preference.ts'
import type { Text } from './define-text.ts'

/** The words in the reader's language. */
export function useText<TWords>(text: Text<TWords>): TWords {
  return text[usePreference('language')]
}
