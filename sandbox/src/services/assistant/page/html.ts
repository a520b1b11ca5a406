/** HTML whose values are escaped. */
export interface SafeHtml {
  readonly text: string
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Template tag that escapes every text, for text and for quoted attributes; HTML goes in as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | SafeHtml)[]): SafeHtml {
  const safe = values.map((value) => (typeof value === 'string' ? escapeHtml(value) : value.text))
  return { text: String.raw({ raw: parts }, ...safe) }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
