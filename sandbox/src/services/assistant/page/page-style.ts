import { createHash } from 'node:crypto'

/** The style of the page. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; --line: light-dark(#d0d4da, #454b54);
  --soft: light-dark(#f3f5f8, #22262c); --accent: light-dark(#0a4fb4, #8ab8ff); --on-accent: light-dark(#fff, #0b1526);
  --bad: light-dark(#a3110b, #ffaaa3); --text: light-dark(#1b1f24, #eef1f5); --page: light-dark(#fff, #15181c) }
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; min-height: 100vh; color: var(--text); background: var(--page) }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between }
h1 { margin: 0; font-size: 1.5rem; overflow-wrap: anywhere }
h2 { margin: 0; font-size: 1.125rem }
p { margin: 0 }
a { color: var(--accent) }
nav { display: flex; gap: .75rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1.5rem; margin: 0; font-size: .875rem }
dd { margin: 0; font-weight: 600 }
form { display: grid; gap: .5rem; justify-items: start }
label { font-weight: 600 }
input, textarea { width: 100%; font: inherit; padding: .5rem; color: inherit; background: var(--page);
  border: 1px solid var(--line); border-radius: .375rem }
button { font: inherit; font-weight: 600; padding: .5rem 1rem; min-height: 2.75rem; border-radius: .375rem; cursor: pointer;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent) }
button.plain { background: transparent; color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
#messages { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem }
#messages li { padding: .75rem; border-radius: .5rem; background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere }
#messages li[data-author=user] { margin-inline-start: 2rem; border: 1px solid var(--line); background: transparent }
#messages strong { display: block; font-size: .875rem }
#messages small { display: block; margin-top: .5rem }
#problem { color: var(--bad); font-weight: 600 }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
`

const DIGEST = createHash('sha256').update(PAGE_STYLE).digest('base64')

/** What the page may do: its own style, its own script, and requests to its own service. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'sha256-${DIGEST}'`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
