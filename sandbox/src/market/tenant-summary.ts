import { isServiceError, type ServiceError } from '@mt-paas/client'
import { addDecimals } from './add-decimals.ts'
import type { Market, TenantOfService } from './market.ts'

type Asked = Pick<Market, 'siblingsOf' | 'clients'>

/** The bills of all services that a tenant's account has; what has no bill is named, never counted as zero. */
export async function tenantBills(market: Asked, tenant: TenantOfService, period: string) {
  const all = await market.clients.all()
  const answers = await Promise.all(
    (await market.siblingsOf(tenant)).map(async ({ service, tenant_id }) => {
      const own = { service, tenant_id }
      try {
        const { services, missing } = await all.getBillingSummary(tenant_id, period, { services: [service] })
        const [bill] = services
        if (bill) {
          const { service_id: _id, ...rest } = bill
          return { ...own, bill: rest, error: null }
        }
        return { ...own, bill: null, error: missing[0] ? failure(missing[0].error) : NO_ANSWER }
      } catch (error) {
        if (!isServiceError(error)) throw error
        return { ...own, bill: null, error: failure(error) }
      }
    }),
  )
  const services = answers.flatMap(({ service, tenant_id, bill }) => (bill ? [{ service, tenant_id, ...bill }] : []))
  const missing = answers.flatMap(({ service, tenant_id, error }) => (error ? [{ service, tenant_id, ...error }] : []))
  const currencies = [...new Set(services.map(({ currency }) => currency))]
  const totals = Object.fromEntries(
    currencies.map((currency) => [
      currency,
      addDecimals(services.filter((one) => one.currency === currency).map(({ cost }) => cost)),
    ]),
  )
  return { period, services, totals, missing, partial: missing.length > 0 }
}

/** Status and statistics at all services that a tenant's account has. */
export async function tenantSummary(market: Asked, tenant: TenantOfService, period: string) {
  const answers = await Promise.all(
    (await market.siblingsOf(tenant)).map(async ({ service, tenant_id }) => {
      const own = { service, tenant_id }
      try {
        const client = await market.clients.of(service)
        const [status, stats] = await Promise.all([
          client.getTenantStatus({ tenant_id }),
          client.getTenantStats({ tenant_id, period }),
        ])
        return { ...own, status, summary: stats.summary, error: null }
      } catch (error) {
        if (!isServiceError(error)) throw error
        return { ...own, status: null, summary: null, error: failure(error) }
      }
    }),
  )
  const services = answers.flatMap(({ service, tenant_id, status, summary }) =>
    status && summary ? [{ service, tenant_id, status, summary }] : [],
  )
  const missing = answers.flatMap(({ service, tenant_id, error }) => (error ? [{ service, tenant_id, ...error }] : []))
  return { period, services, missing, partial: missing.length > 0 }
}

const NO_ANSWER = { code: 'INVALID_RESPONSE', message: 'No answer' }

function failure({ code, message }: ServiceError) {
  return { code: String(code), message }
}
