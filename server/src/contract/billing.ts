import { z } from 'zod'

/** One metered quantity. */
export const UsageMetric = z.object({ name: z.string(), value: z.number(), unit: z.string() })
export type UsageMetric = z.infer<typeof UsageMetric>

/** Answer of `getBillingUsage`; `total_cost` is null where the service does not price its usage. */
export const UsageReport = z
  .object({
    tenant_id: z.string(),
    service_id: z.string().default(''),
    period: z.string(),
    metrics: z.array(UsageMetric).default([]),
    total_cost: z.number().nullable().default(null),
  })
  .meta({ id: 'UsageReport' })
export type UsageReport = z.infer<typeof UsageReport>

/** One line of a bill: `amount` = `quantity` × `unit_price`, in the bill's currency. */
export const BillingItem = z.object({
  name: z.string(),
  unit: z.string(),
  quantity: z.number(),
  unit_price: z.number(),
  amount: z.number(),
})
export type BillingItem = z.infer<typeof BillingItem>

/** Answer of `getBillingDetail`; `currency` is an ISO 4217 code. */
export const BillingInfo = z
  .object({
    tenant_id: z.string(),
    service_id: z.string().default(''),
    period: z.string(),
    items: z.array(BillingItem).default([]),
    subtotal: z.number().default(0),
    tax: z.number().default(0),
    total: z.number().default(0),
    currency: z.string().default('KRW'),
  })
  .meta({ id: 'BillingInfo' })
export type BillingInfo = z.infer<typeof BillingInfo>
