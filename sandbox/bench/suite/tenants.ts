import { figure, type Goal, type SuiteReport, type Table } from '../report/report.ts'
import { startChild } from '../run/child-process.ts'
import type { RunOptions } from '../run/run-options.ts'
import type { TenantMeasures, TenantOrder } from '../tenants/tenants-process.ts'

/** A database per tenant: what it costs, beside raw pg and beside one MikroORM for each. */
export async function tenantsSuite({ quick, tell }: RunOptions): Promise<SuiteReport> {
  const tenants = Number(process.env.MT_BENCH_TENANTS ?? (quick ? 8 : 100))
  const order: TenantOrder = quick
    ? { tenants, provisioned: { before: 2, measured: 2 }, queries: { before: 2_000, measured: 300 }, lookUpRounds: 20 }
    : {
        tenants,
        provisioned: { before: 5, measured: 30 },
        queries: { before: 30_000, measured: 6_000 },
        lookUpRounds: 200,
      }
  tell(`${tenants} databases on a PostgreSQL of its own`)
  const child = await startChild(new URL('../tenants/tenants-process.ts', import.meta.url), { flags: ['--expose-gc'] })
  const measures = await child.ask<TenantMeasures>('measure', order)
  await child.stop()
  return {
    name: 'tenants',
    title: 'Tenants',
    notes: [
      `${tenants} databases with 21 tables each on an embedded PostgreSQL that is as durable as one in production, all on ` +
        'this machine and on both cores. MT_BENCH_TENANTS sets how many.',
    ],
    tables: [tableOf(measures)],
    goals: goalsOf(measures),
    data: measures,
  }
}

function tableOf({ opening, queries, lookingUp, provisioning, migrating }: TenantMeasures): Table {
  const ms = (value: number) => `${figure(value)} ms`
  const rawPerSecond = queries.perSecond / queries.ratio
  const kb = (value: number) => `${figure(value / 1024)} kB`
  return {
    title: 'Medians',
    columns: ['', 'ours', 'beside', 'what that is'],
    rows: [
      ['open a tenant', ms(opening.open), ms(opening.openEach), 'one MikroORM each'],
      ['heap after a query', kb(opening.heap), kb(opening.heapEach), 'one MikroORM each'],
      ['heap of an idle tenant', kb(opening.idle), '', ''],
      ['new tenant, warm pool', ms(provisioning.warm), ms(provisioning.bare), 'CREATE DATABASE … TEMPLATE'],
      ['new tenant, pool empty', ms(provisioning.cold), ms(provisioning.bare), 'CREATE DATABASE … TEMPLATE'],
      ['warm queries a second', figure(queries.perSecond), figure(rawPerSecond), 'raw pg pools'],
      ['as statements, em.execute', figure(rawPerSecond * queries.statementRatio), '', ''],
      ['as entities, em.execute and em.map', figure(rawPerSecond * queries.entityRatio), '', ''],
      ['look-up of a known tenant', `${figure(lookingUp.lookUp)} µs`, '', ''],
      ['cold first query', ms(queries.cold), ms(queries.rawCold), 'raw pg, connect and query'],
      [`migrate ${migrating.tenants} tenants`, ms(migrating.ours), ms(migrating.raw), 'raw pg, the same DDL'],
      ['', '', ms(migrating.each), 'one MikroORM each'],
      ['migrate 10,000, nothing to do', ms(migrating.noOp), '', ''],
    ],
  }
}

function goalsOf({ opening, queries, lookingUp, provisioning, migrating }: TenantMeasures): readonly Goal[] {
  const goal =
    (better: Goal['better'], unit: string) =>
    (name: string, value: number, target: number): Goal => ({ name, value, target, better, unit })
  const more = goal('more', ' ×')
  const less = goal('less', ' ×')
  return [
    more('open: faster than one MikroORM each', opening.openEach / opening.open, 50),
    more('open: less heap than one MikroORM each', opening.heapEach / opening.heap, 8),
    goal('less', ' kB')('idle tenant, pool closed', opening.idle / 1024, 16),
    {
      ...less('new tenant, warm: of CREATE DATABASE', provisioning.warm / provisioning.bare, 1 / 20),
      why: `a claim takes ${figure(provisioning.warm)} ms, and the copy only ${figure(provisioning.bare)} ms on this disk`,
    },
    {
      ...less('new tenant, pool empty: of CREATE DATABASE', provisioning.ratio, 1.3),
      why:
        `the copy alone takes ${figure(provisioning.bare)} ms on this disk; what comes beyond it takes ` +
        `${figure(provisioning.beyond)} ms: the first connection to a new database takes ` +
        `${figure(provisioning.firstConnection)} ms where a later one takes ${figure(provisioning.laterConnection)} ms, ` +
        `and some of it passes while it is copied; rights on its 21 tables take ${figure(provisioning.grants)} ms, and ` +
        'lock, rows, role and identity the rest',
    },
    {
      ...more('warm queries: of raw pg', queries.ratio, 0.6),
      why:
        `the same statement runs ${figure(queries.statementRatio)} times as often as by raw pg when em.execute asks it, ` +
        `lease and all, and ${figure(queries.entityRatio)} times when em.map makes entities of what comes; the rest is ` +
        'what findOne of MikroORM does for a query',
    },
    {
      ...less('cold query: of raw connect and query', queries.coldRatio, 1.3),
      why:
        `${figure(queries.cold)} ms beside ${figure(queries.rawCold)} ms: before the connection the tenant's login is ` +
        'looked up in the central database, and before the first query a round trip makes sure whose database it is',
    },
    goal('less', ' µs')('look-up of a known tenant', lookingUp.lookUp, 2),
    goal('less', '')('look-up of a known tenant: waits for a query', lookingUp.waited, 0),
    less('migration: of raw pg', migrating.ours / migrating.raw, 1.3),
    goal('less', ' ms')('migration of 10,000, nothing to do', migrating.noOp, 50),
  ]
}
