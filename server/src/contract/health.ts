import { z } from 'zod'

/** How a service feels. Answers may carry other words; these three have a meaning. */
export const HealthState = z.enum(['healthy', 'degraded', 'unhealthy'])
export type HealthState = z.infer<typeof HealthState>

/** Answer of the health check; always HTTP 200. `timestamp` is UTC with whole seconds. */
export const HealthResponse = z
  .object({
    status: z.string(),
    version: z.string(),
    timestamp: z.string(),
  })
  .meta({
    id: 'HealthResponse',
    example: { status: 'healthy', version: '1.4.0', timestamp: '2026-01-31T09:00:00Z' },
  })
export type HealthResponse = z.infer<typeof HealthResponse>
