/** One request and what came back, as it stands in reports. */
export interface Exchange {
  readonly method: string
  readonly url: string
  readonly requestHeaders: readonly (readonly [name: string, value: string])[]
  /** Text of the body; undefined when none was sent. */
  readonly requestBody: string | undefined
  /** UTC, ISO 8601. */
  readonly startedAt: string
  /** In ms. */
  readonly durationMs: number
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown
  /** Why no answer came. */
  readonly failure: string | undefined
}

/** The value at a path of members and indices, undefined where it leads nowhere. */
export function memberAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  )
}

/** The objects of a list; empty when the value is no list. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = memberAt(value, ...path)
  return Array.isArray(found) ? found : []
}
