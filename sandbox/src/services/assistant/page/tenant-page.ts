import { createHash } from 'node:crypto'
import type { TenantManager, TenantRecord } from '@mt-paas/core'
import type { Context, Middleware, Next } from 'koa'
import { type Dictionary, dictionary, type Language, languages } from '../../../text/index.ts'
import { user } from '../entity/index.ts'
import { html, type SafeHtml } from './html.ts'

const STYLE = `
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1.5rem; box-sizing: border-box }
h1 { margin: 0 0 1rem; font-size: 1.75rem; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0 }
dd { margin: 0; font-weight: 600 }
`

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Vary: 'Accept-Language',
}

/** Answers a tenant's access URL, `/?tenant=<id>`, with a page about it in the reader's language. */
export function tenantPage(tenants: TenantManager): Middleware {
  return async function tenantPageMiddleware(ctx: Context, next: Next): Promise<void> {
    if (ctx.path !== '/' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next()
    const text = dictionary(languageOf(ctx))
    const ids = new URLSearchParams(ctx.querystring).getAll('tenant')
    ctx.set(HEADERS)
    ctx.type = 'html'
    const [id] = ids
    const tenant = ids.length === 1 && id ? await tenants.find(id) : undefined
    ctx.status = tenant ? 200 : 404
    if (tenant) ctx.body = tenantHtml(tenant, await userCount(tenants, tenant), text)
    else ctx.body = id ? unknownHtml(text) : noTenantHtml(text)
  }
}

function languageOf(ctx: Context): Language {
  const accepted = ctx.acceptsLanguages([...languages])
  return languages.find((language) => language === accepted) ?? 'en'
}

/** Undefined while the tenant's database is not open. */
async function userCount(tenants: TenantManager, { id, status }: TenantRecord): Promise<number | undefined> {
  return status === 'active' ? (await tenants.entityManager(id)).count(user) : undefined
}

function tenantHtml(tenant: TenantRecord, users: number | undefined, { language, page }: Dictionary): string {
  return documentHtml(
    tenant.name,
    language,
    html`<h1>${tenant.name}</h1>
<dl>
<dt>${page.status}</dt><dd>${page.states[tenant.status]}</dd>
<dt>${page.plan}</dt><dd>${tenant.plan}</dd>
<dt>${page.users}</dt><dd>${users === undefined ? '–' : String(users)}</dd>
</dl>`,
  )
}

function unknownHtml({ language, page }: Dictionary): string {
  return documentHtml(
    page.unknownTitle,
    language,
    html`<h1>${page.unknownTitle}</h1>
<p>${page.unknownText}</p>`,
  )
}

function noTenantHtml({ language, page }: Dictionary): string {
  return documentHtml(
    page.noTenantTitle,
    language,
    html`<h1>${page.noTenantTitle}</h1>
<p>${page.noTenantText}</p>`,
  )
}

function documentHtml(title: string, language: Language, content: SafeHtml): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${html`<title>${title}</title>`.text}
<style>${STYLE}</style>
</head>
<body>
<main>
${content.text}
</main>
</body>
</html>
`
}
