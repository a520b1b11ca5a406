import { memberAt } from '../http/exchange.ts'
import { jsonOf, putJson, type TamperedAnswer, type TamperedRequest, type Tampering } from './tampering.ts'

/** The reference service, broken in one place. */
export interface Mutant {
  readonly id: string
  /** Ids of the checks that have to fail, and no others. */
  readonly fails: readonly string[]
  /** Breaks it anew, without memory of other runs. */
  readonly make: () => Tampering
}

/** A mutant that is named after the first check it fails. */
export function mutant(fails: string | readonly string[], make: () => Tampering): Mutant {
  const ids = typeof fails === 'string' ? [fails] : fails
  return Object.freeze({ id: ids[0] ?? '', fails: Object.freeze([...ids]), make })
}

/** Which requests a mutant treats wrongly. */
export interface Aim {
  /** Name of the operation. @default any */
  readonly on?: string
  /** @default any */
  readonly query?: string
  /** @default always */
  readonly when?: (body: Readonly<Record<string, unknown>>, request: TamperedRequest) => boolean
}

/** Whether a request is one of those. */
export function isAimedAt({ on, query, when }: Aim, request: TamperedRequest): boolean {
  if (on !== undefined && request.operation !== on) return false
  if (query !== undefined && request.query !== query) return false
  return when?.(Object(jsonOf(request)), request) ?? true
}

/** Says that all is well where it should have refused. */
export function accepts(fails: string | readonly string[], aim: Aim & { readonly refusal?: number }): Mutant {
  return mutant(fails, () => ({
    answer(answer, request) {
      const { status } = answer
      if (status < 400 || (aim.refusal !== undefined && status !== aim.refusal) || !isAimedAt(aim, request)) return
      Object.assign(answer, { status: 200, json: {}, text: undefined })
    },
  }))
}

/** Refuses what it should have accepted. */
export function refuses(fails: string | readonly string[], aim: Aim & { readonly status?: number }): Mutant {
  const { status = 422 } = aim
  const message = 'The request is refused for no good reason'
  const json = { success: false, error: 'INVALID_REQUEST', message, detail: message, details: null, request_id: 'r' }
  return mutant(fails, () => ({
    request: (request) => (isAimedAt(aim, request) ? { status, json } : undefined),
  }))
}

/** Changes requests before the service sees them. */
export function misreads(
  fails: string | readonly string[],
  aim: Aim,
  change: (request: TamperedRequest, body: Readonly<Record<string, unknown>>) => void,
): Mutant {
  return mutant(fails, () => ({
    request(request) {
      if (isAimedAt(aim, request)) change(request, Object(jsonOf(request)))
      return undefined
    },
  }))
}

/** Puts other members into the body. */
export function misreadsBody(
  fails: string | readonly string[],
  aim: Aim,
  members: Readonly<Record<string, unknown>>,
): Mutant {
  return misreads(fails, aim, (request, body) => putJson(request, { ...body, ...members }))
}

/** Changes successful answers. */
export function answers(
  fails: string | readonly string[],
  aim: Aim,
  change: (json: unknown, answer: TamperedAnswer, request: TamperedRequest) => void,
): Mutant {
  return mutant(fails, () => ({
    answer(answer, request) {
      if (answer.status < 400 && isAimedAt(aim, request)) change(answer.json, answer, request)
    },
  }))
}

/** Changes answers that are errors. */
export function errs(fails: string | readonly string[], aim: Aim, change: (answer: TamperedAnswer) => void): Mutant {
  return mutant(fails, () => ({
    answer(answer, request) {
      if (answer.status >= 400 && isAimedAt(aim, request)) change(answer)
    },
  }))
}

/** Adds a member that the model does not have. */
export function leaks(fails: string | readonly string[], aim: Aim): Mutant {
  return answers(fails, aim, (json) => setAt(json, 'internal_id', 1))
}

/** Sets a member, given as a path with dots; a function gets what was there. */
export function setAt(json: unknown, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const parent = memberAt(json, ...keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key)))
  if (typeof parent !== 'object' || parent === null) return
  Reflect.set(parent, last, typeof value === 'function' ? value(Reflect.get(parent, last)) : value)
}

/** For {@link setAt}: one more. */
export function plusOne(value: unknown): number {
  return Number(value) + 1
}
