import type { Method } from '../contract/index.ts'
import { decodeSegment } from './decode.ts'

/** What the table needs to know of a route. */
export interface RoutePattern {
  readonly method: Method
  /** Full path, prefix included, parameters in braces. */
  readonly path: string
}

/** A route that answers a path, with the decoded values of its parameters. */
export interface RouteMatch<TRoute> {
  readonly route: TRoute
  readonly parameters: Readonly<Record<string, string>>
}

/** Finds routes by method and path. */
export interface RouteTable<TRoute> {
  /**
   * A static segment wins over a parameter at the first difference; matching is literal and case-sensitive.
   * @throws StandardApiError 400 for a path that must not be decoded
   */
  find(method: string, path: string): RouteMatch<TRoute> | undefined
  /** Every method some route has at this path, `HEAD` and `OPTIONS` included; empty when there is none. */
  methodsAt(path: string): readonly string[]
}

interface Leaf<TRoute> {
  readonly route: TRoute
  readonly names: readonly string[]
}

interface Node<TRoute> {
  readonly literals: Map<string, Node<TRoute>>
  parameter: Node<TRoute> | undefined
  readonly leaves: Map<string, Leaf<TRoute>>
}

const PARAMETER = /^\{(?<name>[^{}]+)\}$/
/** Nothing to decode, and nothing that decoding would refuse. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const IS_PLAIN = /^(?:\/(?!\.)[^/%\u0000-\u001f\u007f]+)+$/

/**
 * Builds the table once, at start.
 * @throws TypeError when two routes have the same method and shape, or a parameter is not a whole segment
 */
export function createRouteTable<TRoute extends RoutePattern>(routes: readonly TRoute[]): RouteTable<TRoute> {
  const root = createNode<TRoute>()
  for (const route of routes) insert(root, route)
  return {
    find(method, path) {
      const wanted = method === 'HEAD' ? 'GET' : method
      if (IS_PLAIN.test(path)) return matchPlain(root, { wanted, path, values: [] }, 1)
      const segments = segmentsOf(path)
      return matchFrom(root, { wanted, segments, at: 0, values: [] })
    },
    methodsAt(path) {
      const found = new Set<string>()
      collectMethods(root, segmentsOf(path), found)
      if (found.size === 0) return []
      if (found.has('GET')) found.add('HEAD')
      return [...found.add('OPTIONS')].sort()
    },
  }
}

function createNode<TRoute>(): Node<TRoute> {
  return { literals: new Map(), parameter: undefined, leaves: new Map() }
}

function segmentsOf(path: string): readonly string[] {
  return path.slice(1).split('/').map(decodeSegment)
}

function insert<TRoute extends RoutePattern>(root: Node<TRoute>, route: TRoute): void {
  const names: string[] = []
  let node = root
  for (const segment of route.path.slice(1).split('/')) {
    const name = PARAMETER.exec(segment)?.groups?.name
    if (name === undefined && /[{}]/.test(segment)) {
      throw new TypeError(`${route.method} ${route.path}: a parameter must be a whole segment of the path`)
    }
    if (name !== undefined) names.push(name)
    node = name === undefined ? literalChild(node, segment) : parameterChild(node)
  }
  if (node.leaves.has(route.method)) throw new TypeError(`Two routes answer ${route.method} ${route.path}`)
  node.leaves.set(route.method, { route, names })
}

function literalChild<TRoute>(node: Node<TRoute>, segment: string): Node<TRoute> {
  const child = node.literals.get(segment) ?? createNode<TRoute>()
  node.literals.set(segment, child)
  return child
}

function parameterChild<TRoute>(node: Node<TRoute>): Node<TRoute> {
  node.parameter ??= createNode<TRoute>()
  return node.parameter
}

interface PlainSearch {
  readonly wanted: string
  readonly path: string
  /** Values of the parameters on the way; those of ways that led nowhere are taken back. */
  readonly values: string[]
}

/** As {@link matchFrom}, of a path that is taken as it is, from one of its segments on. */
function matchPlain<TRoute>(node: Node<TRoute>, search: PlainSearch, start: number): RouteMatch<TRoute> | undefined {
  const { wanted, path, values } = search
  if (start > path.length) {
    const leaf = node.leaves.get(wanted)
    return leaf && { route: leaf.route, parameters: named(leaf.names, values) }
  }
  const slash = path.indexOf('/', start)
  const end = slash === -1 ? path.length : slash
  const segment = path.slice(start, end)
  const literal = node.literals.get(segment)
  const exact = literal && matchPlain(literal, search, end + 1)
  if (exact || !node.parameter) return exact
  values.push(segment)
  const match = matchPlain(node.parameter, search, end + 1)
  if (!match) values.pop()
  return match
}

interface Search {
  readonly wanted: string
  readonly segments: readonly string[]
  readonly at: number
  readonly values: readonly string[]
}

function matchFrom<TRoute>(node: Node<TRoute>, search: Search): RouteMatch<TRoute> | undefined {
  const { wanted, segments, at, values } = search
  const segment = segments[at]
  if (segment === undefined) {
    const leaf = node.leaves.get(wanted)
    return leaf && { route: leaf.route, parameters: named(leaf.names, values) }
  }
  const literal = node.literals.get(segment)
  const exact = literal && matchFrom(literal, { wanted, segments, at: at + 1, values })
  if (exact || !node.parameter || !isParameterValue(segment)) return exact
  return matchFrom(node.parameter, { wanted, segments, at: at + 1, values: [...values, segment] })
}

/** An encoded slash in a segment matches no route: ids never hold one. */
function isParameterValue(segment: string): boolean {
  return segment !== '' && !segment.includes('/')
}

function named(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {}
  for (let at = 0; at < names.length; at++) parameters[names[at] ?? ''] = values[at] ?? ''
  return parameters
}

function collectMethods<TRoute>(node: Node<TRoute>, segments: readonly string[], found: Set<string>): void {
  const [segment, ...rest] = segments
  if (segment === undefined) {
    for (const method of node.leaves.keys()) found.add(method)
    return
  }
  const literal = node.literals.get(segment)
  if (literal) collectMethods(literal, rest, found)
  if (node.parameter && isParameterValue(segment)) collectMethods(node.parameter, rest, found)
}
