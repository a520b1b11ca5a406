import { styleText } from 'node:util'
import stringWidth from 'string-width'
import type { Language } from '../../text/index.ts'
import { rules } from '../rules.ts'
import { plainValue } from './plain-value.ts'
import type { CheckResult, ConformanceReport, Failure, Outcome, Tally } from './report.ts'
import { type ReportWords, reportWords } from './words.ts'

/** How text is written. */
export interface TextReportOptions {
  readonly language: Language
  readonly colours: boolean
}

type Style = Parameters<typeof styleText>[0]

const styles: Readonly<Record<Outcome, Style>> = { pass: 'green', fail: 'red', skip: 'dim' }
const marks: Readonly<Record<Outcome, string>> = { pass: '✓', fail: '✗', skip: '-' }

/** The report for a terminal or a log. */
export function textReport(report: ConformanceReport, { language, colours }: TextReportOptions): string {
  const words = reportWords(language)
  const paint = (style: Style, text: string) => (colours ? styleText(style, text, { validateStream: false }) : text)
  const lines = [
    paint('bold', words.title),
    `${words.service}  ${report.url}`,
    `${words.seed}  ${report.seed}`,
    '',
    ...table(report.results, { words, language, paint }),
    '',
    ...report.results
      .filter(({ outcome }) => outcome === 'fail')
      .flatMap((result) => details(result, { words, language, paint })),
    ...summary(report, words),
    ...(report.leftovers.length > 0 ? [words.leftovers(report.leftovers.join(', '))] : []),
    paint(report.verdict === 'passed' ? 'green' : 'red', `${words.outcome}: ${words.verdicts[report.verdict]}`),
  ]
  return `${lines.join('\n')}\n`
}

interface Writing {
  readonly words: ReportWords
  readonly language: Language
  readonly paint: (style: Style, text: string) => string
}

/** A line a check; Hangul is two columns wide. */
function table(results: readonly CheckResult[], { words, language, paint }: Writing): readonly string[] {
  const [idWidth, outcomeWidth] = [
    Math.max(0, ...results.map(({ id }) => stringWidth(id))),
    Math.max(...Object.values(words.outcomes).map((word) => stringWidth(word))),
  ]
  return results.map(({ id, level, title, outcome, skip, known }) => {
    const why = skip ? ` (${plainValue(skip.reason[language])})` : known ? ` (${words.known})` : ''
    const word = padded(words.outcomes[outcome], outcomeWidth)
    return `${paint(styles[outcome], `${marks[outcome]} ${word}`)}  ${padded(level, 6)}  ${padded(id, idWidth)}  ${title[language]}${why}`
  })
}

function details({ id, title, rule, failures }: CheckResult, writing: Writing): readonly string[] {
  const { words, language, paint } = writing
  const { section, text } = rules[rule]
  return [
    paint('bold', `✗ ${id} — ${title[language]}`),
    `    ${words.rule}: ${section}. ${text[language]}`,
    ...failures.flatMap((failure) => failureLines(failure, writing)),
    '',
  ]
}

function failureLines(
  { what, expected, received, difference, hint, curl }: Failure,
  { words, language, paint }: Writing,
) {
  return [
    `    ${paint('red', what)}`,
    `      ${words.expected}: ${plainValue(expected)}`,
    `      ${words.received}: ${plainValue(received)}`,
    ...difference.map((line) => `        ${plainValue(line)}`),
    `      ${words.hint}: ${hint[language]}`,
    ...(curl === null ? [] : [`      ${words.tryIt}: ${shortened(curl)}`]),
  ]
}

const LONGEST_LINE = 2_000

function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line
}

function summary(
  { classic, must, should, durationMs, exchanges }: ConformanceReport,
  words: ReportWords,
): readonly string[] {
  const rows = [
    [words.classic, classic],
    [words.must, must],
    [words.should, should],
  ] as const satisfies readonly (readonly [string, Tally])[]
  const width = Math.max(...rows.map(([name]) => stringWidth(name)))
  return [
    ...rows.map(([name, tally]) => `${padded(name, width)}  ${score(tally)}  ${words.tally(tally)}`),
    `${words.requests(exchanges.length)}, ${words.seconds((durationMs / 1_000).toFixed(2))}`,
  ]
}

function score({ score: percent }: Tally): string {
  return percent === null ? '   –   ' : `${String(percent).padStart(3)}/100`
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}
