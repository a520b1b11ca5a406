import type { ContenderName } from '../contender/contenders.ts'
import { CONNECTIONS, contest, type Racer, type Standing, startRacer } from '../load/contest.ts'
import { verifyAnswers } from '../load/verify.ts'
import { figure, type Goal, type SuiteReport } from '../report/report.ts'
import type { RunOptions } from '../run/run-options.ts'
import { restRequests } from '../service/requests.ts'
import { contestTables } from './contest-tables.ts'
import { measureHalfLoad } from './half-load.ts'

const names: readonly ContenderName[] = [
  'node:http',
  'node:http, same headers',
  'node:http tuned',
  'mt-paas',
  'Fastify 5',
  'Fastify 5, same headers',
  'Hono + zod',
  'Koa + router + zod',
  'Express 5 + zod',
  'oRPC OpenAPI',
  'trpc-openapi on Koa',
]

/** Enough to see where ours stands. */
const fewNames: readonly ContenderName[] = ['node:http', 'mt-paas', 'Fastify 5', 'trpc-openapi on Koa']

/** Five requests over REST, answered by each contender with the same bytes. */
export async function restSuite({ quick, tell }: RunOptions): Promise<SuiteReport> {
  const racers: Racer[] = []
  for (const name of quick ? fewNames : names) racers.push(await startRacer(name))
  await verifyAnswers(racers, restRequests)
  const standings = await contest(racers, restRequests, { rounds: quick ? 2 : 5, sliceMs: quick ? 100 : 500, tell })
  const atHalf = ['mt-paas', 'node:http'].flatMap((wanted) => racers.filter(({ name }) => name === wanted))
  // One answer in a hundred says nothing when there are few.
  const half = quick ? undefined : await measureHalfLoad(atHalf, standings, { ms: 600, rounds: 3 })
  for (const { child } of racers) await child.stop()
  return {
    name: 'rest',
    title: 'REST',
    notes: [
      `One process each, ${CONNECTIONS} connections, no pipelining. All answer with the same bytes and refuse a wrong ` +
        'key; that is checked first. Ours has authentication, input and output validation on; trpc-openapi and oRPC ' +
        'validate both ways too, Fastify writes by schema, the others check inputs only. Ours also puts three headers on ' +
        'every answer: an id of the request, and two that keep browsers from guessing and storing. What those cost ' +
        'is seen at the two contenders that write the same ones.',
      'The load looks for answers without ever sleeping: to wake a sleeping process costs who writes to it several µs, ' +
        'and the slower a server is, the more often it would find the load asleep.',
    ],
    tables: [...contestTables(standings), ...(half ? [half.table] : [])],
    goals: [...goalsOf(standings), ...(half?.goals ?? [])],
    data: { standings, halfLoad: half?.data },
  }
}

const targets = { health: 1, status: 1, stats: 0.88, users: 0.88, activate: 0.84 }
const factors: readonly (readonly [ContenderName, Readonly<Record<string, number>>])[] = [
  ['Fastify 5', { health: 1, status: 1, stats: 1, users: 1, activate: 1 }],
  ['trpc-openapi on Koa', { health: 3, status: 3, stats: 3, users: 2.7, activate: 3 }],
  ['oRPC OpenAPI', { health: 1.8, status: 1.8, stats: 1.8, users: 1.8, activate: 1.8 }],
  ['Hono + zod', { status: 1, stats: 1, users: 1, activate: 1 }],
  ['Koa + router + zod', { status: 1, stats: 1, users: 1, activate: 1 }],
]

function goalsOf(standings: readonly Standing[]): readonly Goal[] {
  const ratio = (contender: ContenderName, request: string) =>
    standings.find((one) => one.contender === contender && one.request === request)?.ratio.median ?? Number.NaN
  function atSameHeaders(contender: string, request: string): Pick<Goal, 'why'> {
    const same = standings.find((one) => one.contender === `${contender}, same headers` && one.request === request)
    if (!same) return {}
    const value = ratio('mt-paas', request) / same.ratio.median
    return { why: `ours is at ${figure(value)} × ${contender} with the same three headers on its answers` }
  }
  const ofRaw = Object.entries(targets).map(([request, target]): Goal => {
    const value = ratio('mt-paas', request)
    return {
      name: `${request}: of node:http`,
      value,
      target,
      better: 'more',
      unit: '',
      ...atSameHeaders('node:http', request),
    }
  })
  const ofOthers = factors.flatMap(([contender, wanted]) =>
    Object.entries(wanted).map(([request, target]): Goal => {
      const value = ratio('mt-paas', request) / ratio(contender, request)
      const name = `${request}: times ${contender}`
      return { name, value, target, better: 'more', unit: ' ×', ...atSameHeaders(contender, request) }
    }),
  )
  return [...ofRaw, ...ofOthers].filter(({ value }) => !Number.isNaN(value))
}
