import type { TenantState } from '../central/tenant-record.ts'
import type { TenantProfile } from './tenant-profile.ts'

/** What hooks run before and after. */
export const lifecycleSubjects = ['create', 'provision', 'activate', 'suspend', 'delete'] as const

/** A subject of {@link lifecycleSubjects}. */
export type LifecycleSubject = (typeof lifecycleSubjects)[number]

/** Names of the hooks that run inside an operation and can veto it. */
export type BeforeEventName = `before${Capitalize<LifecycleSubject>}`

/** Names of the hooks that run once an operation has happened. */
export type AfterEventName = `after${Capitalize<LifecycleSubject>}`

/** Who asked for a transition, as the audit trail has it. */
export interface TransitionOrigin {
  readonly actor: string
  readonly requestId: string | null
  readonly reason: string | null
}

/** What a `before` hook gets: nothing of it has happened yet. */
export interface BeforeEvent extends TransitionOrigin {
  readonly name: BeforeEventName
  /** As it will be. */
  readonly tenant: TenantProfile
  /** Null for a tenant that is not there. */
  readonly from: TenantState | null
  readonly to: TenantState
}

/** What an `after` hook gets. */
export interface AfterEvent extends TransitionOrigin {
  /** The same at every attempt, and different for every event: what an effect is deduplicated by. */
  readonly id: string
  readonly name: AfterEventName
  readonly tenantId: string
  readonly tenantName: string
  readonly plan: string
  /** Address of the person whom the market named, as it was when it happened. */
  readonly adminEmail: string
  readonly adminName: string
  readonly from: TenantState | null
  readonly to: TenantState
  readonly at: Date
}

/** Throwing refuses the operation; a `StandardApiError` is answered as it is, anything else as 409 with its message. */
export type BeforeHook = (event: BeforeEvent) => Promise<void> | void

/** Runs at least once, in any process that works the jobs; after throwing it is tried again, with longer and longer waits. */
export type AfterHook = (event: AfterEvent) => Promise<void> | void

/** A hook for each name. */
export type LifecycleHook<TName extends BeforeEventName | AfterEventName> = TName extends BeforeEventName
  ? BeforeHook
  : AfterHook

/** The hooks that a process starts with. */
export type LifecycleHooks = { readonly [TName in BeforeEventName | AfterEventName]?: LifecycleHook<TName> }

/** Data of an `after` event's job; the job's id is the event's. */
export type AfterEventData = Omit<AfterEvent, 'id' | 'at'> & { readonly at: string }
