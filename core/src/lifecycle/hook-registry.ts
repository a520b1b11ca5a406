import { StandardApiError, TransitionRefusedError } from '@mt-paas/server'
import type {
  AfterEvent,
  AfterEventName,
  AfterHook,
  BeforeEvent,
  BeforeEventName,
  BeforeHook,
  LifecycleHook,
  LifecycleHooks,
} from './lifecycle-event.ts'

/** The hooks of this process, run in the order in which they were added. */
export class HookRegistry {
  readonly #before = new Map<BeforeEventName, Set<{ readonly hook: BeforeHook }>>()
  readonly #after = new Map<AfterEventName, Set<{ readonly hook: AfterHook }>>()

  constructor(hooks: LifecycleHooks) {
    for (const [name, hook] of Object.entries(hooks)) if (hook) this.add(name as keyof LifecycleHooks, hook)
  }

  /** Adds a hook; the function that is returned removes it. */
  add<TName extends BeforeEventName | AfterEventName>(name: TName, hook: LifecycleHook<TName>): () => void {
    if (isBefore(name)) return added(this.#before, name, hook as BeforeHook)
    return added(this.#after, name as AfterEventName, hook as AfterHook)
  }

  /**
   * Asks every hook of an event.
   * @throws StandardApiError of a hook, TransitionRefusedError for anything else that a hook throws
   */
  async before(event: BeforeEvent): Promise<void> {
    for (const { hook } of [...(this.#before.get(event.name) ?? [])]) {
      try {
        await hook(event)
      } catch (thrown) {
        if (thrown instanceof StandardApiError) throw thrown
        throw new TransitionRefusedError(thrown instanceof Error ? thrown.message : String(thrown))
      }
    }
  }

  /**
   * Runs every hook of an event; one that fails does not keep the others from running.
   * @throws Error with the messages of those that failed
   */
  async after(event: AfterEvent): Promise<void> {
    const failures: unknown[] = []
    for (const { hook } of [...(this.#after.get(event.name) ?? [])]) {
      try {
        await hook(event)
      } catch (thrown) {
        failures.push(thrown)
      }
    }
    if (failures.length === 0) return
    const messages = failures.map((thrown) => (thrown instanceof Error ? thrown.message : String(thrown)))
    throw new AggregateError(failures, messages.join('; '))
  }
}

function isBefore(name: string): name is BeforeEventName {
  return name.startsWith('before')
}

/** An entry of its own for each call, so that removing one leaves the same function added elsewhere. */
function added<TName, THook>(hooks: Map<TName, Set<{ readonly hook: THook }>>, name: TName, hook: THook): () => void {
  const entry = { hook }
  const entries = hooks.get(name) ?? new Set()
  hooks.set(name, entries.add(entry))
  return () => {
    entries.delete(entry)
  }
}
