import { z } from 'zod'
import { TenantId } from './id.ts'
import { requestBoolean } from './scalar.ts'

/** The person who answers for a tenant. */
export const ContactInfo = z.object({ email: z.string(), name: z.string() })
export type ContactInfo = z.infer<typeof ContactInfo>

/** Body of `activateTenant`. `plan` and `features` are the market's own words. */
export const ActivateRequest = z
  .object({
    tenant_id: z.string().meta({ description: 'Must equal the id in the path' }),
    tenant_name: z.string(),
    plan: z.string(),
    features: z.array(z.string()),
    config: z.record(z.string(), z.unknown()).nullable().default({}),
    contact: ContactInfo,
  })
  .meta({
    id: 'ActivateRequest',
    example: {
      tenant_id: 'hallym_univ',
      tenant_name: '한림대학교',
      plan: 'premium',
      features: ['ai_chat', 'rag'],
      config: { max_users: 500 },
      contact: { email: 'admin@hallym.ac.kr', name: '홍길동' },
    },
  })
export type ActivateRequest = z.infer<typeof ActivateRequest>

/** Answer of `activateTenant`; `access_url` is where the tenant's people open the service. */
export const ActivateResponse = z
  .object({
    success: z.boolean(),
    tenant_id: z.string(),
    access_url: z.string(),
    message: z.string(),
  })
  .meta({
    id: 'ActivateResponse',
    example: {
      success: true,
      tenant_id: 'hallym_univ',
      access_url: 'https://advisor.example.com/hallym_univ',
      message: '한림대학교 활성화 완료',
    },
  })
export type ActivateResponse = z.infer<typeof ActivateResponse>

/** Body of `deactivateTenant`. `reason` is by custom subscription_expired, admin_request or violation. */
export const DeactivateRequest = z
  .object({
    reason: z.string(),
    preserve_data: requestBoolean().default(true),
  })
  .meta({ id: 'DeactivateRequest', example: { reason: 'subscription_expired', preserve_data: true } })
export type DeactivateRequest = z.infer<typeof DeactivateRequest>

/** Input of `deactivateTenant`: path and body. */
export const DeactivateInput = z.object({ tenant_id: TenantId, ...DeactivateRequest.shape })

/** Answer of `deactivateTenant`; `data_retention_until` is a UTC timestamp, null when nothing is kept. */
export const DeactivateResponse = z
  .object({
    success: z.boolean(),
    tenant_id: z.string(),
    status: z.string(),
    data_preserved: z.boolean(),
    data_retention_until: z.string().nullable().default(null),
  })
  .meta({
    id: 'DeactivateResponse',
    example: {
      success: true,
      tenant_id: 'hallym_univ',
      status: 'deactivated',
      data_preserved: true,
      data_retention_until: '2026-05-01T00:00:00Z',
    },
  })
export type DeactivateResponse = z.infer<typeof DeactivateResponse>

/** Answer of `getTenantStatus`; `status` is by custom provisioning, active, suspended or deactivated. */
export const StatusResponse = z
  .object({
    tenant_id: z.string(),
    status: z.string(),
    plan: z.string(),
    features: z.array(z.string()),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({
    id: 'StatusResponse',
    example: {
      tenant_id: 'hallym_univ',
      status: 'active',
      plan: 'premium',
      features: ['ai_chat', 'rag'],
      created_at: '2025-09-01T00:00:00Z',
      updated_at: '2026-01-03T12:00:00Z',
    },
  })
export type StatusResponse = z.infer<typeof StatusResponse>
