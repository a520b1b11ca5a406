import { answerParent } from '../run/child-messages.ts'
import { openTenantBed } from './bed.ts'
import { measureLookingUp } from './looking-up.ts'
import { measureMigrating } from './migrating.ts'
import { measureOpening } from './opening.ts'
import { measureProvisioning, type ProvisioningOrder } from './provisioning.ts'
import { measureQueries, type QueryOrder } from './queries.ts'

/** How much is measured. */
export interface TenantOrder {
  readonly tenants: number
  readonly provisioned: ProvisioningOrder
  readonly queries: QueryOrder
  /** Rounds of 500 requests each. */
  readonly lookUpRounds: number
}

/** Everything about tenants, on a PostgreSQL of its own. */
async function measure({ tenants, provisioned, queries, lookUpRounds }: TenantOrder) {
  await using bed = await openTenantBed()
  const ids = Array.from({ length: tenants }, (_, at) => `t${at}`)
  await bed.provision(await bed.open(1), ids)
  return {
    opening: await measureOpening(bed, ids.slice(0, 100)),
    queries: await measureQueries(bed, ids.slice(0, 30), queries),
    lookingUp: await measureLookingUp(bed, ids.slice(0, 30), lookUpRounds),
    provisioning: await measureProvisioning(bed, provisioned),
    migrating: await measureMigrating(bed, ids),
  }
}

export type TenantMeasures = Awaited<ReturnType<typeof measure>>

answerParent({ measure })
