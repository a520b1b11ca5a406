import type { CommandSpec } from './command/command-spec.ts'
import { doctorSpec, migrateSpec, tenantsSpec } from './table/administration.ts'
import { conformanceSpec, samplesSpec, servicesSpec } from './table/catalogue.ts'
import { seedSpec, serversSpec } from './table/fleet.ts'
import { accountsSpec, applicationsSpec, deliveriesSpec, outboxSpec, subscriptionsSpec } from './table/market.ts'
import { sandboxSpec } from './table/sandbox.ts'
import { newSpec } from './table/service.ts'
import { signatureSpecs } from './table/signature.ts'
import { simulatorSpecs } from './table/simulator.ts'
import { settingsSpec, usersSpec } from './table/tenant-data.ts'
import { verifySpec } from './table/verify.ts'

/** Every command of `mt-paas`, in the order of its help. */
export const commandTable: readonly CommandSpec[] = [
  sandboxSpec,
  newSpec,
  verifySpec,
  ...simulatorSpecs,
  servicesSpec,
  samplesSpec,
  applicationsSpec,
  subscriptionsSpec,
  usersSpec,
  settingsSpec,
  accountsSpec,
  outboxSpec,
  deliveriesSpec,
  conformanceSpec,
  ...signatureSpecs,
  tenantsSpec,
  seedSpec,
  serversSpec,
  migrateSpec,
  doctorSpec,
]
