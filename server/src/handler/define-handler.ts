import type { LifecycleHandler, StandardHandler } from './handler.ts'

/** Declares a service of version 2; a missing procedure does not compile. */
export function defineHandler<THandler extends StandardHandler>(handler: THandler): THandler {
  return handler
}

/** Declares a service of version 1, which has only the lifecycle, status and usage. */
export function defineLifecycleHandler<THandler extends LifecycleHandler>(handler: THandler): THandler {
  return handler
}
