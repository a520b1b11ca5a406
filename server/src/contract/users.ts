import { z } from 'zod'
import { TenantId, UserId } from './id.ts'
import { Page } from './page.ts'
import { count, integer, requestBoolean } from './scalar.ts'

/** What a user may do in the tenant. */
export const UserRole = z.enum(['admin', 'user', 'moderator']).meta({ id: 'UserRole' })
export type UserRole = z.infer<typeof UserRole>

/** Whether a user may sign in. */
export const UserStatus = z.enum(['active', 'inactive', 'suspended']).meta({ id: 'UserStatus' })
export type UserStatus = z.infer<typeof UserStatus>

/** A user's activity since the account was made. */
export const UserUsage = z.object({ sessions: count, messages: count, tokens: count })
export type UserUsage = z.infer<typeof UserUsage>

/** A user as the market sees it; timestamps in UTC, `last_login` null before the first. */
export const UserInfo = z
  .object({
    user_id: z.string(),
    email: z.string(),
    name: z.string(),
    role: UserRole,
    status: UserStatus,
    created_at: z.string(),
    last_login: z.string().nullable().default(null),
    usage: UserUsage.nullable().default(null),
  })
  .meta({ id: 'UserInfo' })
export type UserInfo = z.infer<typeof UserInfo>

/** Input of `listUsers`; `search` looks into name and e-mail. */
export const ListUsersInput = z.object({
  tenant_id: TenantId,
  role: UserRole.optional(),
  status: UserStatus.optional(),
  search: z.string().optional(),
  ...Page.shape,
})
export type ListUsersInput = z.infer<typeof ListUsersInput>

/** Answer of `listUsers`; `total` counts after the filters and before paging. */
export const UsersListResponse = z
  .object({
    tenant_id: z.string(),
    total: integer,
    limit: integer,
    offset: integer,
    users: z.array(UserInfo).default([]),
  })
  .meta({ id: 'UsersListResponse' })
export type UsersListResponse = z.infer<typeof UsersListResponse>

/** Body of `createUser`. Without a password the service makes one and sends it to the user. */
export const CreateUserRequest = z
  .object({
    email: z.string(),
    name: z.string(),
    role: UserRole.default('user'),
    password: z.string().nullable().default(null),
    send_welcome_email: requestBoolean().default(true),
  })
  .meta({ id: 'CreateUserRequest', example: { email: 'new@hallym.ac.kr', name: '신규', role: 'user' } })
export type CreateUserRequest = z.infer<typeof CreateUserRequest>

/** Input of `createUser`: path and body. */
export const CreateUserInput = z.object({ tenant_id: TenantId, ...CreateUserRequest.shape })

/** Answer of `createUser`; `temporary_password` says whether one was made, it never holds it. */
export const CreateUserResponse = z
  .object({
    user_id: z.string(),
    email: z.string(),
    name: z.string(),
    role: UserRole,
    status: UserStatus,
    created_at: z.string(),
    temporary_password: z.boolean(),
  })
  .meta({ id: 'CreateUserResponse' })
export type CreateUserResponse = z.infer<typeof CreateUserResponse>

/** Input of the operations on one user. */
export const UserInput = z.object({ tenant_id: TenantId, user_id: UserId })
export type UserInput = z.infer<typeof UserInput>

/** Body of `updateUser`: what is null or left out stays; the e-mail cannot be changed. */
export const UpdateUserRequest = z
  .object({
    name: z.string().nullish(),
    role: UserRole.nullish(),
    status: UserStatus.nullish(),
  })
  .meta({ id: 'UpdateUserRequest', example: { role: 'moderator' } })
export type UpdateUserRequest = z.infer<typeof UpdateUserRequest>

/** Input of `updateUser`: path and body. */
export const UpdateUserInput = z.object({ ...UserInput.shape, ...UpdateUserRequest.shape })

/** Answer of `deleteUser`. */
export const DeleteUserResponse = z
  .object({ success: z.boolean(), user_id: z.string(), message: z.string() })
  .meta({ id: 'DeleteUserResponse' })
export type DeleteUserResponse = z.infer<typeof DeleteUserResponse>
