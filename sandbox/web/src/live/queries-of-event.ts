const DELIVERIES = ['market.overview', 'simulator.getDelivery', 'simulator.getApplication']
const APPLICATIONS = ['market.listApplications', 'market.getApplication', 'simulator.getApplication', 'market.overview']

/** Queries, by group of events, whose answers an event of the group changes. */
const queries: Readonly<Record<string, readonly string[]>> = Object.freeze({
  delivery: DELIVERIES,
  attempt: [...DELIVERIES, ...APPLICATIONS],
  application: [...APPLICATIONS, 'market.listMails'],
  callback: ['simulator.listCallbacks', ...APPLICATIONS],
  subscription: ['market', 'tenant'],
  account: ['market.listAccounts', 'market.listMails'],
  service: ['simulator.listServices', 'market'],
  sample: ['market'],
  conformance: ['conformance.listRuns', 'conformance.getRun', 'market.overview'],
  clock: ['simulator.getClock', 'market', ...DELIVERIES],
  faults: ['simulator.getFaults'],
  schedule: ['simulator.getSettings'],
  sandbox: ['simulator', 'market', 'tenant', 'conformance'],
})

/** Paths of queries that an event of this type makes stale. */
export function queriesOf(type: string): readonly string[] {
  return queries[type.slice(0, type.indexOf('.'))] ?? []
}
