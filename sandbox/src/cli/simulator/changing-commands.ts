import type { FaultPlan } from '../../engine/index.ts'
import type { serviceView } from '../../simulator/views.ts'
import type { CommandLine } from '../command/command-context.ts'
import { CommandError } from '../command-error.ts'
import { given } from './application-options.ts'
import { parseDuration, showDuration } from './duration.ts'
import { recordTable } from './record-table.ts'
import { headings } from './sending-commands.ts'
import { type SimulatorContext, withSimulator } from './with-simulator.ts'

/** Shows the clock or moves it ahead. */
export const clockCommand = withSimulator(async ({ client, line, print }) => {
  const { simulator } = line.text
  const [duration] = line.arguments
  const ms = duration === undefined ? undefined : msOf(duration, line)
  const clock = await (ms === undefined
    ? client.get<Clock>('/clock')
    : client.send<Clock>('POST', '/clock/advance', { ms }))
  print(clock, () => `${simulator.clock(clock.now, showDuration(clock.offset_ms))}\n`)
  return 0
})

/** Shows the waits before each attempt, or sets them. */
export const scheduleCommand = withSimulator(async ({ client, line, print }) => {
  const [waits] = line.arguments
  const wanted = waits === 'usual' ? null : waits?.split(',').map((wait) => msOf(wait.trim(), line))
  const answer = await (wanted === undefined
    ? client.get<Schedule>('/settings')
    : client.send<Schedule>('PUT', '/settings/schedule', { schedule_ms: wanted }))
  print(answer, () => `${answer.schedule_ms.map((ms) => showDuration(ms)).join(',')}\n`)
  return 0
})

interface Schedule {
  readonly schedule_ms: readonly number[]
}

function msOf(duration: string, { text }: CommandLine): number {
  const ms = parseDuration(duration)
  if (ms !== undefined) return ms
  throw CommandError.badValue(text.simulator, text.simulator.duration, {
    value: duration,
    expected: '90s, 5m, 75h, 2d',
  })
}

interface Clock {
  readonly now: string
  readonly offset_ms: number
}

/** Shows faults, sets them, or ends them. */
export const faultsCommand = withSimulator(async (context) => {
  const { line, print } = context
  const { simulator } = line.text
  const answer = await changeFaults(context)
  const { active } = answer
  print(answer, () => {
    if (!active) return `${simulator.noFaults}\n`
    return `${simulator.faults(active.preset, `${Math.round(active.rate * 100)} %`, active.seed)}\n`
  })
  return 0
})

interface Faults {
  readonly active: FaultPlan | null
}

function changeFaults({ client, line }: SimulatorContext): Promise<Faults> {
  const [preset] = line.arguments
  if (preset === undefined) return client.get('/faults')
  if (preset === 'off') return client.send('DELETE', '/faults')
  const rate = line.value('rate')
  if (rate !== undefined && !/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(rate)) {
    throw CommandError.badValue(line.text.simulator, '--rate', { value: rate, expected: '0–1' })
  }
  const body = given({ preset, seed: line.value('seed'), rate: rate === undefined ? undefined : Number(rate) })
  return client.send('PUT', '/faults', body)
}

type ServiceView = ReturnType<typeof serviceView>

/** Saves or changes a service. */
export const saveServiceCommand = withSimulator(async ({ client, line, print }) => {
  const saved = await client.send<ServiceView>(
    'POST',
    '/services',
    given({
      slug: line.arguments[0],
      base_url: line.value('target'),
      title: line.value('title'),
      shape: line.value('shape'),
      api_key: line.value('api-key'),
      next_api_key: line.value('next-api-key'),
      signing_secret: line.value('signing-secret'),
      service_key: line.value('service-key'),
      callback_secret: line.value('callback-secret'),
    }),
  )
  print(saved, () =>
    recordTable(headings(line.text.simulator, ['service', 'address', 'shape', 'signed']), [
      [saved.slug, saved.base_url, saved.shape, saved.is_signed],
    ]),
  )
  return 0
})

/** Gives an address of the page that logs the operator in, once. */
export const openCommand = withSimulator(async ({ client, print }) => {
  const answer = await client.send<{ readonly url: string }>('POST', '/session/address', {})
  print(answer, () => `${answer.url}\n`)
  return 0
})

/** Forgets everything but the services. */
export const resetCommand = withSimulator(async ({ client, line, print }) => {
  const answer = await client.send('POST', '/reset', {})
  print(answer, () => `${line.text.simulator.isReset}\n`)
  return 0
})
