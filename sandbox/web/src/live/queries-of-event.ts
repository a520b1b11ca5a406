const DELIVERIES = [
  'simulator.statistics',
  'simulator.statisticsSeries',
  'simulator.getDelivery',
  'simulator.getApplication',
  'simulator.deliveryLog',
]
const APPLICATIONS = ['simulator.listApplications', 'simulator.getApplication', 'simulator.statistics']

/** Queries, by group of events, whose answers an event of the group changes. */
const queries: Readonly<Record<string, readonly string[]>> = Object.freeze({
  delivery: DELIVERIES,
  attempt: DELIVERIES,
  application: APPLICATIONS,
  callback: ['simulator.listCallbacks', ...APPLICATIONS],
  service: ['simulator.listServices', 'market'],
  clock: ['simulator.getClock', ...DELIVERIES],
  faults: ['simulator.getFaults'],
  conformance: ['conformance.listRuns', 'conformance.getRun'],
  market: ['market', 'tenant'],
  subscription: ['market', 'tenant'],
  registration: ['market', 'tenant'],
  mail: ['market'],
})

/** Paths of queries that an event of this type makes stale. */
export function queriesOf(type: string): readonly string[] {
  return queries[type.slice(0, type.indexOf('.'))] ?? []
}
