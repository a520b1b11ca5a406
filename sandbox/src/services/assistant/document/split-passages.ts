/** Characters that a passage shall have at most; a longer sentence is cut. */
const MOST = 700

/** Cuts a text into passages that can be quoted: paragraphs, small ones together, large ones at ends of sentences. */
export function splitPassages(text: string): string[] {
  const paragraphs = text
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
  return joined(
    paragraphs.flatMap((paragraph) => (paragraph.length > MOST ? cut(paragraph) : [paragraph])),
    '\n\n',
  )
}

function cut(paragraph: string): string[] {
  const sentences = paragraph.split(/(?<=[.!?。…])\s+|\r?\n/)
  const pieces = sentences.flatMap((sentence) => {
    const characters = [...sentence]
    if (characters.length <= MOST) return sentence === '' ? [] : [sentence]
    return Array.from({ length: Math.ceil(characters.length / MOST) }, (_, index) =>
      characters.slice(index * MOST, (index + 1) * MOST).join(''),
    )
  })
  return joined(pieces, ' ')
}

/** Neighbours together as long as they fit. */
function joined(pieces: readonly string[], separator: string): string[] {
  const passages: string[] = []
  for (const piece of pieces) {
    const last = passages.at(-1)
    if (last !== undefined && last.length + separator.length + piece.length <= MOST) {
      passages[passages.length - 1] = `${last}${separator}${piece}`
    } else passages.push(piece)
  }
  return passages
}
