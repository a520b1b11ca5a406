import { readFile } from 'node:fs/promises'
import type { MultiTenant, TenantRecord } from '@mt-paas/core'
import type { Context, Middleware, Next } from 'koa'
import { dictionary, isLanguage } from '../../../text/index.ts'
import type { AssistantDefinition } from '../assistant-definition.ts'
import { user } from '../entity/index.ts'
import { requestLanguage } from '../request-language.ts'
import { messageHtml, SCRIPT_PATH, tenantHtml } from './page-html.ts'
import { PAGE_POLICY } from './page-style.ts'

const HEADERS = {
  'Content-Security-Policy': PAGE_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Vary: 'Accept-Language',
}

/** Answers a tenant's access URL, `/?tenant=<id>`, in the reader's language or that of `&lang=`, and serves its script. */
export async function tenantPage(
  definition: AssistantDefinition,
  tenants: MultiTenant['tenants'],
): Promise<Middleware> {
  const script = await readFile(new URL('chat-page.js', import.meta.url), 'utf8')

  return async function tenantPageMiddleware(ctx: Context, next: Next): Promise<void> {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    if (ctx.path === SCRIPT_PATH) {
      ctx.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' })
      ctx.type = 'text/javascript; charset=utf-8'
      ctx.body = script
      return
    }
    if (ctx.path !== '/') return next()
    const query = new URLSearchParams(ctx.querystring)
    const [id, another] = query.getAll('tenant')
    const asked = query.get('lang') ?? ''
    const text = dictionary(isLanguage(asked) ? asked : requestLanguage(ctx))
    const { language, page } = text
    ctx.set(HEADERS)
    ctx.type = 'html'
    const tenant = id && another === undefined ? await tenants.find(id) : undefined
    ctx.status = tenant ? 200 : 404
    if (tenant) ctx.body = tenantHtml({ definition, tenant, users: await userCount(tenants, tenant) }, text)
    else if (id) ctx.body = messageHtml(page.unknownTitle, page.unknownText, language)
    else ctx.body = messageHtml(page.noTenantTitle, page.noTenantText, language)
  }
}

/** Undefined while the tenant's database is not open. */
async function userCount(tenants: MultiTenant['tenants'], { id, status }: TenantRecord): Promise<number | undefined> {
  return status === 'active' ? (await tenants.entityManager(id)).count(user) : undefined
}
