import { z } from 'zod'

/** A tenant's id in a path: any text without `/`. Services on `@mt-paas/core` accept only database-safe ids. */
export const TenantId = z.string().min(1).meta({ description: 'Id of the tenant', example: 'hallym_univ' })

/** A user's id, unique inside its tenant. */
export const UserId = z.string().min(1).meta({ description: 'Id of the user', example: 'user_001' })

/** Input of the operations that need nothing but the tenant. */
export const TenantInput = z.object({ tenant_id: TenantId })
export type TenantInput = z.infer<typeof TenantInput>
