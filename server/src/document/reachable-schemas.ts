const PREFIX = '#/components/schemas/'

/** The schemas that `root` refers to, directly or through each other, sorted by name. */
export function reachableSchemas<TSchema>(
  root: unknown,
  schemas: Readonly<Record<string, TSchema>>,
): Record<string, TSchema> {
  const found = new Set<string>()
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    for (const [key, child] of Object.entries(value)) {
      const name = key === '$ref' && typeof child === 'string' ? nameOf(child) : undefined
      if (name === undefined) waiting.push(child)
      else if (!found.has(name)) {
        found.add(name)
        waiting.push(schemas[name])
      }
    }
  }
  return Object.fromEntries(
    Object.entries(schemas)
      .filter(([name]) => found.has(name))
      .sort(byName),
  )
}

function nameOf(reference: string): string | undefined {
  return reference.startsWith(PREFIX) ? reference.slice(PREFIX.length) : undefined
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
