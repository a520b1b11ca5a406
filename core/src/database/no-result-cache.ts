import type { CacheAdapter } from '@mikro-orm/core'

/**
 * Keeps nothing, whatever a query asks for: keys of the result cache do not name the database, so tenants would read
 * each other's rows. (MikroORM's own `NullCacheAdapter` answers null, which is taken for a cached "nothing found".)
 */
export class NoResultCache implements CacheAdapter {
  get(): undefined {
    return undefined
  }

  set(): void {
    // Nothing is kept.
  }

  remove(): void {
    // Nothing is kept.
  }

  clear(): void {
    // Nothing is kept.
  }
}
