export { type BindOptions, type BoundHandler, bindHandler, bindLifecycleHandler } from './bind-handler.ts'
export { defineHandler, defineLifecycleHandler } from './define-handler.ts'
export type {
  LifecycleHandler,
  LifecycleHooks,
  Procedure,
  ProcedureInput,
  ProcedureOptions,
  ProcedureOutput,
  ProcedureResult,
  StandardHandler,
} from './handler.ts'
export type { HandlerContext, Reply } from './handler-context.ts'
