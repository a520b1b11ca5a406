import { escapedMarkup } from './plain-value.ts'
import type { ConformanceReport } from './report.ts'

const COLOURS = { passed: '#2e7d32', failed: '#c62828', untested: '#616161' } as const
const CHARACTER = 7
const PADDING = 10
const LABEL = 'conformance'

/** A small picture of the result for a README: the score of MUST, in colour. */
export function badge({ verdict, must }: ConformanceReport): string {
  const value = must.score === null ? 'untested' : `${must.score} / 100`
  const [left, right] = [LABEL, value].map((text) => text.length * CHARACTER + 2 * PADDING) as [number, number]
  const name = escapedMarkup(`${LABEL}: ${value}`)
  const text = (x: number, words: string) => `<text x="${x}" y="14">${escapedMarkup(words)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${name}">`,
    `<title>${name}</title>`,
    `<rect width="${left + right}" height="20" rx="3" fill="#424242"/>`,
    `<path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${COLOURS[verdict]}"/>`,
    `<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    text(left / 2, LABEL),
    text(left + right / 2, value),
    '</g></svg>\n',
  ].join('')
}
