import type { ProvisionCallback, WebhookAnswer } from '../contract/index.ts'
import { TenantExistsError, TenantNotFoundError } from '../error/index.ts'
import type { BoundHandler, HandlerContext } from '../handler/index.ts'
import type { Application } from './application.ts'
import { type ApplicationStore, type AppliedTenant, canonicalEmail } from './application-store.ts'
import { expiryOf } from './expiry.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import { tenantIdFor } from './tenant-id.ts'

/** What is done with an approved application. */
export type OnApplicationApproved = (options: {
  readonly application: Application
  readonly ctx: HandlerContext
  /**
   * Reports the outcome to the application's `callback_url`; there when it has one and callbacks are configured. An
   * answer other than `processing` is reported without it.
   */
  readonly callback?: (outcome: ProvisionCallback) => Promise<void>
}) => Promise<WebhookAnswer>

/** What provisioning works with. */
export interface ProvisionOptions {
  readonly handler: BoundHandler
  /** Given as the access URL of a tenant that exists although nothing is known of it. */
  readonly baseUrl: string
  readonly store: ApplicationStore
  readonly now: () => Date
}

/**
 * The usual way of an application: an applicant who is known, by e-mail in any case, keeps the tenant; anyone else
 * gets a new one. Applications of one applicant wait for each other, so that two at once make one tenant.
 */
export function provisionApplication({ handler, baseUrl, store, now }: ProvisionOptions): OnApplicationApproved {
  const queue = createKeyedQueue()

  async function provision(application: Application, ctx: HandlerContext): Promise<WebhookAnswer> {
    const email = canonicalEmail(application.applicant.email)
    const known = email === '' ? undefined : await store.findByEmail(email)
    if (known && (await isActive(known.tenantId, ctx))) return reuse(known, application)
    return create(application, { ctx, email, tenantId: known?.tenantId ?? (await newTenantId(application, email)) })
  }

  /** Numbers of applications may come again; a tenant is never given to anyone but its applicant. */
  async function newTenantId(application: Application, email: string): Promise<string> {
    const id = await tenantIdFor(application)
    const holder = await store.findByTenant(id)
    return holder === undefined || holder.email === email ? id : tenantIdFor(application, email)
  }

  async function isActive(tenantId: string, ctx: HandlerContext): Promise<boolean> {
    try {
      const { status } = await handler.getTenantStatus({ input: { tenant_id: tenantId }, ctx })
      return status === 'active' || status === 'provisioning'
    } catch (error) {
      if (error instanceof TenantNotFoundError) return false
      throw error
    }
  }

  async function create(application: Application, { ctx, email, tenantId }: Target): Promise<WebhookAnswer> {
    const createdAt = now()
    const expiresAt = timestamp(expiryOf(application, createdAt))
    const { university_name: universityName } = application.applicant
    const tenant = {
      tenantId,
      email,
      universityName,
      kind: application.kind,
      createdAt: timestamp(createdAt),
      expiresAt,
    }
    try {
      const activated = await handler.activateTenant({ input: activation(application, { tenantId, expiresAt }), ctx })
      const created = { ...tenant, accessUrl: activated.access_url }
      await store.save(created)
      return approved(created, { message: `테넌트 '${universityName}' 생성 완료`, expiresAt })
    } catch (error) {
      // The id holds the application's number and is no other applicant's, so this application has been here before.
      if (!(error instanceof TenantExistsError)) throw error
      const known = (await store.findByTenant(tenantId)) ?? { ...tenant, accessUrl: baseUrl }
      await store.save(known)
      return reuse(known, application)
    }
  }

  async function reuse(known: AppliedTenant, application: Application): Promise<WebhookAnswer> {
    const message = `기존 테넌트 '${known.tenantId}'에 신규 서비스 신청이 추가되었습니다.`
    const upgraded = known.kind === 'demo' && application.kind === 'service'
    if (!upgraded) return approved(known, { message, expiresAt: null })
    const expiresAt = timestamp(expiryOf(application, now()))
    await store.save({ ...known, kind: 'service', expiresAt })
    return approved(known, { message, expiresAt })
  }

  return ({ application, ctx }) => {
    const applicant = canonicalEmail(application.applicant.email) || `#${application.id}`
    return queue.run(applicant, () => provision(application, ctx))
  }
}

interface Target {
  readonly tenantId: string
  readonly email: string
  readonly ctx: HandlerContext
}

function activation(application: Application, { tenantId, expiresAt }: { tenantId: string; expiresAt: string }) {
  const { id, kind, applicant, service, contact, reason, callbackUrl, startDate, endDate } = application
  return {
    tenant_id: tenantId,
    tenant_name: applicant.university_name,
    plan: kind === 'demo' ? 'demo' : 'standard',
    features: [],
    config: {
      application_id: id,
      kind,
      service: service.slug,
      contact,
      reason,
      callback_url: callbackUrl,
      start_date: startDate,
      end_date: endDate,
      expires_at: expiresAt,
    },
    contact: { email: applicant.email, name: applicant.name },
  }
}

function approved(tenant: AppliedTenant, say: { message: string; expiresAt: string | null }): WebhookAnswer {
  return {
    success: true,
    status: 'approved',
    tenant_id: tenant.tenantId,
    tenant_url: tenant.accessUrl,
    access_url: tenant.accessUrl,
    message: say.message,
    expires_at: say.expiresAt,
    admin_credentials: tenant.email === '' ? null : { email: tenant.email, note: null },
    created_at: tenant.createdAt,
  }
}

function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
