import type { TenantRecord } from '@mt-paas/core'
import { assistantText } from '../../../text/assistant-text.ts'
import { type Dictionary, type Language, languages } from '../../../text/index.ts'
import type { AssistantDefinition } from '../assistant-definition.ts'
import { html, type SafeHtml } from './html.ts'
import { PAGE_STYLE } from './page-style.ts'

/** Where the page's own script is served. */
export const SCRIPT_PATH = '/chat-page.js'

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ko: '한국어', en: 'English' }

/** What the page of a tenant shows. */
export interface TenantPageContent {
  readonly definition: AssistantDefinition
  readonly tenant: TenantRecord
  /** Undefined while the tenant's database is not open. */
  readonly users: number | undefined
}

/** The page of a tenant; its people talk to the service here while the tenant is active. */
export function tenantHtml({ definition, tenant, users }: TenantPageContent, dictionary: Dictionary): string {
  const { language, page } = dictionary
  const content = html`<header>
<div><h1>${tenant.name}</h1><p>${definition.title}</p></div>
${languageLinks(tenant.id, language)}
</header>
${tenant.status === 'active' ? conversation(definition, tenant, language) : html``}
<dl>
<dt>${page.status}</dt><dd>${page.states[tenant.status]}</dd>
<dt>${page.plan}</dt><dd>${tenant.plan}</dd>
<dt>${page.users}</dt><dd>${users === undefined ? '–' : String(users)}</dd>
</dl>`
  return documentHtml(`${tenant.name} · ${definition.title}`, language, content)
}

/** The page for a tenant that nobody knows, or that was not named. */
export function messageHtml(title: string, text: string, language: Language): string {
  return documentHtml(title, language, html`<h1>${title}</h1><p>${text}</p>`)
}

function languageLinks(id: string, current: Language): SafeHtml {
  const links = languages.map((language) =>
    language === current
      ? html`<span aria-current="true" lang="${language}">${LANGUAGE_NAMES[language]}</span>`
      : html`<a href="?tenant=${id}&amp;lang=${language}" lang="${language}" hreflang="${language}">${LANGUAGE_NAMES[language]}</a>`,
  )
  return html`<nav aria-label="${current === 'ko' ? '언어' : 'Language'}">${joined(links)}</nav>`
}

/** Everything is hidden until the script shows what is of use. */
function conversation(definition: AssistantDefinition, tenant: TenantRecord, language: Language): SafeHtml {
  const { page } = assistantText(language)
  const settings = { tenant: tenant.id, language, title: definition.title, askedBy: definition.askedBy, texts: page }
  return html`<noscript><p>${page.needsScript}</p></noscript>
<div id="chat-page" data-settings="${JSON.stringify(settings)}">
<p id="problem" role="alert"></p>
<p id="notice" role="status"></p>
<form id="invitation" hidden>
<h2>${page.choosePassword}</h2>
<label for="new-password">${page.newPassword}</label>
<input id="new-password" type="password" autocomplete="new-password" minlength="8" required>
<button>${page.choosePassword}</button>
</form>
<form id="login" hidden>
<h2>${page.login}</h2>
<label for="email">${page.email}</label>
<input id="email" type="email" autocomplete="username" required>
<label for="password">${page.password}</label>
<input id="password" type="password" autocomplete="current-password" required>
<button>${page.login}</button>
</form>
<div id="account" class="row" hidden><p>${page.loggedInAs}: <b id="who"></b></p>
<button id="logout" class="plain" type="button">${page.logout}</button></div>
<section id="conversation" aria-labelledby="conversation-title" hidden>
<div class="row"><h2 id="conversation-title">${page.conversation}</h2>
<button id="anew" class="plain" type="button">${page.newConversation}</button></div>
<p>${definition.greeting[language]}</p>
<div role="log" aria-labelledby="conversation-title"><ol id="messages"></ol></div>
<p id="progress" role="status"></p>
<form id="ask">
<label for="question">${page.question}</label>
<textarea id="question" rows="3" maxlength="4000" required></textarea>
<div class="row"><button>${page.send}</button>
<button id="stop" class="plain" type="button" hidden>${page.stop}</button></div>
</form>
</section>
</div>
<script type="module" src="${SCRIPT_PATH}"></script>`
}

function joined(parts: readonly SafeHtml[]): SafeHtml {
  return { text: parts.map(({ text }) => text).join('\n') }
}

function documentHtml(title: string, language: Language, content: SafeHtml): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${{ text: PAGE_STYLE }}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.text
}
