/** Who asks for something of the console. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** Sees and changes everything: the super admin on the page, and commands of this machine. */
  | { readonly kind: 'operator' }
  /** Sees the tenants that the account has subscriptions for, and nothing else. */
  | TenantAdmin

/** The account that a university's administrator logs in with. */
export interface TenantAdmin {
  readonly kind: 'tenant_admin'
  readonly accountId: number
  readonly email: string
  readonly name: string
  /** The password is the one that was mailed; nothing but changing it is allowed. */
  readonly mustChangePassword: boolean
}

/** Who may call a procedure; `tenant` is the operator, and the admins of the tenant that the input names. */
export type ConsoleAccess = 'public' | 'signed-in' | 'tenant' | 'operator'
