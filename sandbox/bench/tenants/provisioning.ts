import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseManager } from '@mt-paas/core'
import { Client } from 'pg'
import { median } from '../report/statistics.ts'
import { nameOf, type TenantBed } from './bed.ts'
import { timed } from './time.ts'

/** How many of each are made: unmeasured, until their code is compiled and their plans are made, and measured. */
export interface ProvisioningOrder {
  readonly before: number
  readonly measured: number
}

/** What a disk still has to do for one database must not be paid by who makes the next; in ms. */
const REST = 50

/**
 * Medians in ms of what a new tenant waits for, and of a bare `CREATE DATABASE … TEMPLATE` on an open session. A disk is
 * faster at one moment than at another, so one with an empty pool is compared with the bare statement beside it: `ratio`
 * and `beyond`, in ms, are medians over pairs, of which each comes first in one half.
 */
export async function measureProvisioning(bed: TenantBed, { before, measured }: ProvisioningOrder) {
  const warm = await measureClaims(bed, { before, measured })
  const databases = await bed.open(1)
  const pairs = await bed.session(async (client) => {
    const template = await templateName(databases)
    const bare = (at: number) => timed(() => client.query(`create database bare_${at} template "${template}"`))
    const cold = async (at: number) => {
      await bed.addTenant(databases, `cold_${at}`)
      return timed(() => bed.makeDatabase(databases, `cold_${at}`))
    }
    const made: { bare: number; cold: number }[] = []
    for (let at = 0; at < before + measured * 2; at++) {
      const coldFirst = at % 2 === 0 ? await rested(() => cold(at)) : undefined
      const pair = { bare: await rested(() => bare(at)), cold: coldFirst ?? (await rested(() => cold(at))) }
      if (at >= before) made.push(pair)
    }
    return made
  })
  return {
    warm,
    ...(await measureFilling(bed, before + measured)),
    bare: median(pairs.map(({ bare }) => bare)),
    cold: median(pairs.map(({ cold }) => cold)),
    ratio: median(pairs.map(({ bare, cold }) => cold / bare)),
    beyond: median(pairs.map(({ bare, cold }) => cold - bare)),
  }
}

/**
 * Medians in ms of what no database of a tenant goes without, on those that the bare statement made: the first connection,
 * for which PostgreSQL reads the new catalogue, one later, and giving rights on its tables to a role.
 */
async function measureFilling(bed: TenantBed, count: number) {
  const [firstConnections, laterConnections, grants]: [number[], number[], number[]] = [[], [], []]
  await bed.session((client) => client.query('create role measured'))
  const grant = 'set synchronous_commit = off; grant select, insert on all tables in schema public to measured'
  for (let at = 0; at < count; at++) {
    const [first, later] = [new Client(bed.urlOf(`bare_${at}`)), new Client(bed.urlOf(`bare_${at}`))]
    firstConnections.push(await timed(() => first.connect()))
    grants.push(await timed(() => first.query(grant)))
    await first.end()
    laterConnections.push(await timed(() => later.connect()))
    await later.end()
  }
  return {
    firstConnection: median(firstConnections),
    laterConnection: median(laterConnections),
    grants: median(grants),
  }
}

async function rested(work: () => Promise<number>): Promise<number> {
  await delay(REST)
  return work()
}

async function measureClaims(bed: TenantBed, { before, measured }: ProvisioningOrder): Promise<number> {
  const count = before + measured
  const databases = await bed.open(1, { warmDatabases: count })
  await databases.refillWarmPool()
  const times: number[] = []
  for (let at = 0; at < count; at++) {
    const claim = () =>
      databases.central().transactional(async (em) => {
        if (!(await databases.claimWarm(em, nameOf(`warm_${at}`)))) throw new Error('The warm pool was empty')
      })
    times.push(await timed(claim))
  }
  // What takes their place would be made beside the next measurement.
  await databases.close()
  return median(times.slice(before))
}

async function templateName(databases: DatabaseManager): Promise<string> {
  const [row] = await databases
    .central()
    .execute<{ name: string }[]>(
      `select datname as name from pg_database where datistemplate and datname like 'mt_template%'`,
    )
  return String(row?.name)
}
