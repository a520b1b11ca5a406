import type { SuiteReport } from '../report/report.ts'
import type { RunOptions, SuiteName } from '../run/run-options.ts'

type Suite = (options: RunOptions) => Promise<SuiteReport>

/** Every suite, imported when it is run. */
export const suites: Readonly<Record<SuiteName, () => Promise<Suite>>> = {
  rest: async () => (await import('./rest.ts')).restSuite,
  rpc: async () => (await import('./rpc.ts')).rpcSuite,
  client: async () => (await import('./client.ts')).clientSuite,
  curves: async () => (await import('./curves.ts')).curvesSuite,
  tenants: async () => (await import('./tenants.ts')).tenantsSuite,
}
