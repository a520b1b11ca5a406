import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MultiTenantOptions } from '@mt-paas/core'
import type { AssistantDefinition } from '../services/assistant/assistant-definition.ts'
import { tenantDatabases } from '../services/assistant/tenant-databases.ts'
import { sampleServices } from '../services/sample-services.ts'
import type { AdminDictionary } from '../text/admin-dictionary.ts'
import type { CommandContext } from './command/command-context.ts'
import { reasonOf } from './reason-of.ts'

/** The module of `--service` is not one. */
export class BadServiceError extends Error {}

/** What a service says of its tenants' databases. */
type ServiceModule = Pick<MultiTenantOptions, 'tenantEntities' | 'tenantMigrations'> &
  Partial<Pick<MultiTenantOptions, 'provision' | 'databasePrefix' | 'plans' | 'usage'>>

/** A service whose tenants a command works on. */
export type AdminService = ServiceModule & {
  /** Of a sample service only. */
  readonly definition?: AssistantDefinition
  /** Name of its central database on the embedded server. */
  readonly centralDatabase: string
}

const OWN_DATABASE = 'mt_paas'

/**
 * The service of `--service`: one of the samples by its name, or a module.
 * @throws BadServiceError
 */
export async function adminService({ line, host }: CommandContext, text: AdminDictionary): Promise<AdminService> {
  const named = line.value('service') ?? ''
  const sample = sampleServices.find(({ definition }) => definition.name === named)
  if (sample) {
    const { definition } = sample
    return { ...tenantDatabases(definition), centralDatabase: definition.centralDatabase, definition }
  }
  const module: object = await import(pathToFileURL(resolve(host.cwd(), named)).href).catch((error: unknown) => {
    throw new BadServiceError(`${text.badService(named)}: ${reasonOf(error)}`)
  })
  if (!isService(module)) throw new BadServiceError(text.badService(named))
  const { tenantEntities, tenantMigrations, provision, databasePrefix, plans, usage } = module
  return {
    tenantEntities,
    tenantMigrations,
    centralDatabase: OWN_DATABASE,
    ...(provision && { provision }),
    ...(databasePrefix !== undefined && { databasePrefix }),
    ...(plans && { plans }),
    ...(usage && { usage }),
  }
}

function isService(module: object): module is ServiceModule {
  return (
    'tenantEntities' in module &&
    Array.isArray(module.tenantEntities) &&
    'tenantMigrations' in module &&
    Array.isArray(module.tenantMigrations)
  )
}
