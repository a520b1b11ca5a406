import type { ChainState } from './middleware-options.ts'

/** What a shortcut gets to see of a call. */
export type Entering = Pick<ChainState, 'ctx' | 'input' | 'rawInput'>

/** What it changes for those after it. */
export type Entered = Partial<Pick<ChainState, 'ctx' | 'rawInput'>>

/**
 * What a middleware does that calls `next` once and hands on its result: all it does before, and what it makes of
 * errors. A prepared chain takes it in place of the middleware, whose call costs several promises and copies.
 */
export interface Shortcut {
  /**
   * Undefined leaves this call to the middleware itself; then nothing must have been done. A context that is given
   * takes the place of the whole one.
   */
  readonly enter: (call: Entering) => Entered | undefined | Promise<Entered | undefined>
  /** What is thrown instead of what `enter`, or anything after it, has thrown. @default the same */
  readonly refuse?: (thrown: unknown) => Error
}

const shortcut = Symbol('mt-paas.shortcut')

/** A middleware that a prepared chain need not call. */
export function withShortcut<TMiddleware extends object>(middleware: TMiddleware, way: Shortcut): TMiddleware {
  return Object.assign(middleware, { [shortcut]: way })
}

/** The shortcut of a middleware, if it has one. */
export function shortcutOf(middleware: object): Shortcut | undefined {
  return Reflect.get(middleware, shortcut)
}
