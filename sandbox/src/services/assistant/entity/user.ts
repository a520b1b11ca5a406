import { defineEntity, type InferEntity, p } from '@mt-paas/core'
import type { UserRole, UserStatus } from '@mt-paas/server/contract'

/** A person who uses the service in a tenant. */
export const user = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.text().primary(),
    /** As it was given. */
    email: p.text(),
    /** Canonical form; unique in the tenant. */
    emailKey: p.text().unique(),
    name: p.text(),
    role: p.text().$type<UserRole>(),
    status: p.text().$type<UserStatus>(),
    /** Null until the user has chosen a password. */
    passwordHash: p.text().hidden().nullable(),
    createdAt: p.datetime(),
    lastLogin: p.datetime().nullable(),
  },
})

/** A row of {@link user}. */
export type User = InferEntity<typeof user>
