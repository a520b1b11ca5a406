const LONGEST = 300

/** A value as one line of text: JSON, cut, without characters that could move a cursor or end a document. */
export function plainValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
  return printable(cut)
}

/** Control characters, lone surrogates and what is no character as replacement characters. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '\u{FFFD}')
}

/** Text as it may stand in HTML and XML, between tags and in quotes. */
export function escapedMarkup(text: string): string {
  return printable(text).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
