import { unescape as decode } from 'node:querystring'

/** A management path and the procedure behind it. */
export interface MarketRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly procedure: string
}

/** The management paths of the predecessors' market. */
export const marketRoutes: readonly MarketRoute[] = [
  { method: 'POST', path: '/services/register', procedure: 'registerService' },
  { method: 'GET', path: '/services/health', procedure: 'checkServices' },
  { method: 'GET', path: '/services/{service_id}/health', procedure: 'checkService' },
  { method: 'POST', path: '/services/{service_id}/tenants/{tenant_id}/activate', procedure: 'activateTenant' },
  { method: 'POST', path: '/services/{service_id}/tenants/{tenant_id}/deactivate', procedure: 'deactivateTenant' },
  { method: 'GET', path: '/services/{service_id}/tenants/{tenant_id}/status', procedure: 'getTenantStatus' },
  { method: 'GET', path: '/services/{service_id}/tenants/{tenant_id}/usage', procedure: 'getTenantUsage' },
  { method: 'GET', path: '/tenants/{tenant_id}/billing/summary', procedure: 'getBillingSummary' },
]

/** What is at a path: the route for the method, if any, and all methods. */
export interface MarketMatch {
  readonly route: MarketRoute | undefined
  readonly parameters: Readonly<Record<string, string>>
  readonly methods: readonly string[]
}

/** Looks a path up; undefined when nothing is there. `path` is undecoded and without the query. */
export function matchMarketRoute(method: string, path: string): MarketMatch | undefined {
  const segments = path.split('/')
  const found = marketRoutes.flatMap((route) => {
    const parameters = parametersOf(route.path.split('/'), segments)
    return parameters ? [{ route, parameters }] : []
  })
  if (found.length === 0) return undefined
  const hit = found.find(({ route }) => route.method === (method === 'HEAD' ? 'GET' : method))
  return {
    route: hit?.route,
    parameters: hit?.parameters ?? {},
    methods: [...new Set(found.map(({ route }) => route.method))],
  }
}

function parametersOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined
    } else if (segment === '') return undefined
    else parameters[part.slice(1, -1)] = decode(segment)
  }
  return parameters
}
