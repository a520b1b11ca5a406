import type { ServiceRecord } from '../engine/index.ts'
import { CatalogueEntry, type Plan, usualEntry } from './service-manifest.ts'

/** What the catalogue knows of a service. */
export function entryOf({ manifest, title }: ServiceRecord): CatalogueEntry {
  return CatalogueEntry.safeParse(manifest).data ?? usualEntry(title)
}

/** A plan of a service by its id. */
export function planOf(service: ServiceRecord, id: string): Plan | undefined {
  return entryOf(service).plans.find((plan) => plan.id === id)
}
