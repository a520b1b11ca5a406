import type { Language } from '../../text/index.ts'
import { rules } from '../rules.ts'
import { plainValue, escapedMarkup as text } from './plain-value.ts'
import type { CheckResult, ConformanceReport, Failure, Tally } from './report.ts'
import { type ReportWords, reportWords } from './words.ts'

/** The report as one page that needs nothing else: no script, no request, readable in the dark and when printed. */
export function htmlReport(report: ConformanceReport, language: Language): string {
  const words = reportWords(language)
  const failed = report.results.filter(({ outcome }) => outcome === 'fail')
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(`${words.title} – ${report.url}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${text(words.title)}</h1>
<p class="verdict ${report.verdict}">${text(words.verdicts[report.verdict])}</p>
<dl>
${pair(words.service, report.url)}${pair(words.startedAt, report.startedAt)}${pair(words.seed, report.seed)}${pair(
  words.duration,
  `${words.seconds((report.durationMs / 1_000).toFixed(2))}, ${words.requests(report.exchanges.length)}`,
)}</dl>
<table><thead><tr><th scope="col">${text(words.level)}</th><th scope="col">${text(words.score)}</th><th scope="col">${text(words.outcome)}</th></tr></thead><tbody>
${tallyRow(words.classic, report.classic, words)}${tallyRow(words.must, report.must, words)}${tallyRow(words.should, report.should, words)}</tbody></table>
${report.leftovers.length > 0 ? `<p>${text(words.leftovers(report.leftovers.join(', ')))}</p>\n` : ''}${
  failed.length > 0
    ? `<h2>${text(words.failures)}</h2>\n${failed.map((result) => failedCheck(result, words, language)).join('')}`
    : ''
}<h2>${text(words.allChecks)}</h2>
<table><thead><tr><th scope="col">${text(words.outcome)}</th><th scope="col">${text(words.level)}</th><th scope="col">${text(words.check)}</th><th scope="col">${text(words.duration)}</th></tr></thead><tbody>
${report.results.map((result) => checkRow(result, words, language)).join('')}</tbody></table>
</main>
</body>
</html>
`
}

function pair(name: string, value: string): string {
  return `<dt>${text(name)}</dt><dd>${text(value)}</dd>\n`
}

function tallyRow(name: string, tally: Tally, words: ReportWords): string {
  const score = tally.score === null ? '–' : `${tally.score}/100`
  return `<tr><th scope="row">${text(name)}</th><td>${score}</td><td>${text(words.tally(tally))}</td></tr>\n`
}

function checkRow(
  { id, level, title, outcome, skip, durationMs, known }: CheckResult,
  words: ReportWords,
  language: Language,
): string {
  const why = skip ? skip.reason[language] : known ? words.known : ''
  const link = outcome === 'fail' ? `<a href="#${text(id)}"><code>${text(id)}</code></a>` : `<code>${text(id)}</code>`
  const note = why === '' ? '' : `<br><small>${text(why)}</small>`
  return `<tr><td class="${outcome}">${text(words.outcomes[outcome])}</td><td>${level}</td><td>${link} ${text(title[language])}${note}</td><td>${durationMs.toFixed(1)} ms</td></tr>\n`
}

function failedCheck(
  { id, level, title, rule, failures, known }: CheckResult,
  words: ReportWords,
  language: Language,
): string {
  const { section, text: says } = rules[rule]
  const note = known ? ` <small>(${text(words.known)})</small>` : ''
  return `<section id="${text(id)}"><h3><code>${text(id)}</code> ${text(title[language])} <small>${level}</small>${note}</h3>
<p>${text(words.rule)}: ${text(section)}. ${text(says[language])}</p>
${failures.map((failure) => failureBlock(failure, words, language)).join('')}</section>
`
}

function failureBlock(
  { what, expected, received, difference, hint, curl }: Failure,
  words: ReportWords,
  language: Language,
): string {
  const rows = [
    pair(words.expected, plainValue(expected)),
    pair(words.received, plainValue(received)),
    difference.length > 0
      ? `<dt>${text(words.difference)}</dt><dd><pre>${difference.map((line) => text(line)).join('\n')}</pre></dd>\n`
      : '',
    pair(words.hint, hint[language]),
    curl === null ? '' : `<dt>${text(words.tryIt)}</dt><dd><pre>${text(curl)}</pre></dd>\n`,
  ]
  return `<h4><code>${text(what)}</code></h4><dl>\n${rows.join('')}</dl>\n`
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0}main{max-width:70rem;margin:auto;padding:1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:start;padding:.25rem .5rem;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);vertical-align:top}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere;min-width:0}
pre{overflow:auto;padding:.5rem;margin:0;background:color-mix(in srgb,currentColor 8%,transparent)}
.verdict{display:inline-block;padding:.25rem 1rem;border-radius:.25rem;color:#fff;font-weight:700}.passed{background:#2e7d32}.failed{background:#c62828}.untested{background:#616161}
.pass{color:light-dark(#1b5e20,#81c784)}.fail{color:light-dark(#b71c1c,#ff8a80);font-weight:700}.skip{color:light-dark(#555,#bbb)}
@media print{main{max-width:none}section{break-inside:avoid}}`
