const CHARACTERS_OF_A_TOKEN = 4

/**
 * Tokens of a text, about as many as language models count: a syllable of Korean, a character of Chinese or Japanese
 * and a sign each, letters and digits by fours.
 */
export function countTokens(text: string): number {
  const pieces = text.match(
    /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+?(?=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{L}\p{N}]|$)|[^\s\p{L}\p{N}]/gu,
  )
  return (pieces ?? []).reduce((sum, piece) => sum + Math.ceil(piece.length / CHARACTERS_OF_A_TOKEN), 0)
}
