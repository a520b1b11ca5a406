/** What happens to someone who hears of changed tenants. */
export interface TenantChangeListener {
  /** A tenant changed; undefined says that any may have. */
  readonly onChange: (id: string | undefined) => void
  /** Whether changes are heard from now on. What happened before was perhaps not. */
  readonly onHearing: (hearing: boolean) => void
}

/** A way on which processes hear of changed tenants. */
export interface TenantChanges {
  /** Resolves when changes are heard for the first time, or when the first try has failed. */
  readonly started: Promise<void>
  close(): Promise<void>
}
