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

/** Template tag that escapes every value, for text and for quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly string[]): SafeHtml {
  return { text: String.raw({ raw: parts }, ...values.map(escapeHtml)) }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
