import type { z } from 'zod'
import type { HealthState, lifecycleOperations, OperationName, Operations } from '../contract/index.ts'
import type { HandlerContext } from './handler-context.ts'

/** Input of a procedure: path, query and body members by their wire names, validated, defaults filled in. */
export type ProcedureInput<TName extends OperationName> = z.output<Operations[TName]['input']>

/** What a procedure may return: members with defaults may be left out. */
export type ProcedureResult<TName extends OperationName> = z.input<Operations[TName]['output']>

/** What a procedure's caller gets: the result with its defaults. */
export type ProcedureOutput<TName extends OperationName> = z.output<Operations[TName]['output']>

/** What a procedure is called with. */
export interface ProcedureOptions<TName extends OperationName> {
  readonly input: ProcedureInput<TName>
  readonly ctx: HandlerContext
}

/** One procedure of a handler. */
export type Procedure<TName extends OperationName> = (
  options: ProcedureOptions<TName>,
) => Promise<ProcedureResult<TName>> | ProcedureResult<TName>

type Hook<TName extends OperationName> = (options: ProcedureOptions<TName>) => Promise<void> | void
type AfterHook<TName extends OperationName> = (
  options: ProcedureOptions<TName> & { readonly output: ProcedureResult<TName> },
) => Promise<void> | void

/** Run around activation and deactivation. A `before` hook that throws stops the operation; `after` hooks cannot. */
export interface LifecycleHooks {
  readonly beforeActivate?: Hook<'activateTenant'>
  readonly afterActivate?: AfterHook<'activateTenant'>
  readonly beforeDeactivate?: Hook<'deactivateTenant'>
  readonly afterDeactivate?: AfterHook<'deactivateTenant'>
}

type LifecycleName = Exclude<keyof typeof lifecycleOperations, 'checkHealth'>
type OptionalName = 'getTopUsers' | 'listResources' | 'updateSettings' | 'getBillingUsage' | 'getBillingDetail'
type RequiredName = Exclude<OperationName, LifecycleName | OptionalName | 'checkHealth'>

/** A service of version 1: health, activation, deactivation, status and usage. */
export type LifecycleHandler = {
  /** Public address of the service, used in access URLs. */
  readonly baseUrl: string
  /** @default '1.0.0' */
  readonly serviceVersion?: string
  /** How the service feels; throwing means unhealthy. @default healthy */
  readonly checkHealth?: () => Promise<HealthState> | HealthState
} & LifecycleHooks & { readonly [TName in LifecycleName]: Procedure<TName> }

/** A service of version 2, the whole Standard API. What is optional has a default. */
export type StandardHandler = LifecycleHandler & { readonly [TName in RequiredName]: Procedure<TName> } & {
  readonly [TName in OptionalName]?: Procedure<TName>
}
