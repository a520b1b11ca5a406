import type { FindingKind, FleetMigrationReport, TenantState } from '@mt-paas/core'

/** Texts of the commands `tenants`, `migrate` and `doctor`, in one language. */
export interface AdminDictionary {
  readonly needsYes: string
  readonly notASample: string
  readonly badService: (file: string) => string
  readonly startingDatabase: string
  readonly states: Readonly<Record<TenantState, string>>
  readonly columns: {
    readonly capacity: string
    readonly host: string
    readonly users: string
    readonly documents: string
    readonly sessions: string
    readonly messages: string
    readonly id: string
    readonly name: string
    readonly state: string
    readonly plan: string
    readonly database: string
    readonly server: string
    readonly contact: string
    readonly features: string
    readonly subscription: string
    readonly expires: string
    readonly keptUntil: string
    readonly created: string
    readonly schema: string
    readonly migrations: string
    readonly reason: string
    readonly problem: string
    readonly treatment: string
    readonly last: string
    readonly missing: string
    readonly extra: string
  }
  readonly open: string
  readonly page: (shown: number, total: number) => string
  readonly next: (cursor: string) => string
  readonly did: {
    readonly created: (id: string) => string
    readonly suspended: (id: string) => string
    readonly activated: (id: string) => string
    readonly deleted: (id: string, until: string) => string
    readonly purged: (id: string) => string
    readonly restored: (id: string) => string
    readonly moved: (id: string, server: string) => string
    readonly seeded: (tenants: number, messages: number) => string
  }
  readonly migration: {
    readonly upToDate: string
    readonly behind: (count: number) => string
    readonly unknownVersion: string
    readonly done: (migrated: number, seconds: string) => string
    readonly failed: (count: number) => string
    readonly busy: (ids: string) => string
    readonly stopped: Readonly<Record<NonNullable<FleetMigrationReport['stopped']>, (untried: number) => string>>
    readonly remaining: (seconds: number) => string
    readonly noDrift: (compared: number) => string
    readonly unreadable: (id: string, error: string) => string
  }
  readonly doctor: {
    readonly sound: string
    readonly fixed: string
    readonly notFixed: string
    readonly canFix: string
    readonly byHand: string
    readonly kinds: Readonly<Record<FindingKind, string>>
  }
}
