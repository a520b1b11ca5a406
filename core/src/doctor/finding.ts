/** Everything that can be wrong, and whether {@link Doctor.fix} does something about it. */
export const findingKinds = Object.freeze({
  /** A database of ours that no row knows of; it is removed. */
  'database-without-row': { fixable: true },
  /** A database of a tenant whose registration was lost; it is registered again. */
  'unregistered-database': { fixable: true },
  /** A tenant whose database is not there. Its data is gone, so a person has to decide. */
  'row-without-database': { fixable: false },
  /** The row of a database made ahead that is not there; it is removed. */
  'warm-row-without-database': { fixable: true },
  /** The name of a tenant's database belongs to someone else's. */
  'foreign-database': { fixable: false },
  /** A database whose removal was cut off: nothing but removing it works. */
  'invalid-database': { fixable: true },
  /** A login role of ours without a database; it is removed. */
  'role-without-tenant': { fixable: true },
  /** A database of ours to which every role may connect; the right is revoked. */
  'public-connect': { fixable: true },
  /** A suspended tenant's database takes connections; it is closed. */
  'suspended-open': { fixable: true },
  /** An active tenant's database takes no connections; it is opened. */
  'active-closed': { fixable: true },
  /** An operation on a tenant was given up. */
  'needs-attention': { fixable: false },
  /** The last migration of a tenant's schema failed. */
  'migration-failed': { fixable: false },
} as const satisfies Record<string, { fixable: boolean }>)

/** A member of {@link findingKinds}. */
export type FindingKind = keyof typeof findingKinds

/** One thing that is wrong. */
export interface Finding {
  readonly kind: FindingKind
  /** Id of the server it is on; null for what only the central database says. */
  readonly serverId: string | null
  /** Name of the database or role. */
  readonly name: string
  /** Null where no tenant is known. */
  readonly tenantId: string | null
  /** What the central database says of the reason; null when it says nothing. */
  readonly detail: string | null
}

/** A finding and what was done about it. */
export interface TreatedFinding extends Finding {
  readonly fixed: boolean
  /** Why it was not fixed; null when it was, or when nothing can be done by itself. */
  readonly error: string | null
}
