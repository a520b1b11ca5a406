import { once } from 'node:events'
import { resolve } from 'node:path'
import { EngineError } from '../../engine/index.ts'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { refusalText } from '../../text/index.ts'
import type { CommandContext } from '../command/command-context.ts'
import { CommandError } from '../command-error.ts'
import { type StopRequest, stopSignal } from '../stop-signal.ts'
import { given } from './application-options.ts'

const DEFAULT_TARGET = 'http://127.0.0.1:10300'

/** Runs the simulator until it is told to stop. */
export async function simulatorCommand(context: CommandContext): Promise<number> {
  const { line, say, print, host } = context
  const { simulator: text } = line.text
  const { signal, release } = stopSignal(host)
  const file = resolve(host.cwd(), line.value('file') ?? '')
  const simulator = await start(context, file)
  try {
    await simulator.engine.services.save(await serviceOf(context, simulator))
    if (signal.aborted) return (signal.reason as StopRequest).exitCode
    print({ url: simulator.url, file }, () => `${simulator.url}\n`)
    say(text.running(simulator.url))
    say(text.log(file))
    say(text.stayingUp)
    if (!signal.aborted) await once(signal, 'abort')
    return 0
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw CommandError.refused(text, refusalText(error, line.text.language))
  } finally {
    await simulator.close()
    say(text.stopped)
    release()
  }
}

async function start({ line, say }: CommandContext, file: string): Promise<Simulator> {
  const { simulator: text, command } = line.text
  const port = Number(line.value('port'))
  const host = line.value('host')
  const seed = line.value('seed')
  const callbackUrl = line.value('callback-url')
  try {
    return await startSimulator({
      port,
      file,
      targets: line.has('allow-public') ? 'public' : 'loopback',
      onError: (error) => say(command.failed(error instanceof Error ? error.message : String(error))),
      ...(host !== undefined && { host }),
      ...(seed !== undefined && { seed }),
      ...(callbackUrl !== undefined && { callbackUrl }),
    })
  } catch (error) {
    if (error instanceof EngineError) throw CommandError.failed(text.fileInUse(file))
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw CommandError.failed(text.portTaken(port))
    }
    throw error
  }
}

/** What is named on the command line; a service that is known keeps the rest. */
async function serviceOf({ line }: CommandContext, { engine }: Simulator) {
  const slug = line.value('slug') ?? ''
  const known = await engine.services.find(slug)
  const shape = line.value('shape')
  if (shape !== undefined && shape !== 'flat' && shape !== 'nested' && shape !== 'standard') {
    const expected = 'flat, nested, standard'
    throw CommandError.badValue(line.text.simulator, '--shape', { value: shape, expected })
  }
  return {
    ...given({
      base_url: line.value('target') ?? (known ? undefined : DEFAULT_TARGET),
      shape,
      api_key: line.value('api-key'),
      signing_secret: line.value('signing-secret'),
      service_key: line.value('service-key'),
      callback_secret: line.value('callback-secret'),
    }),
    slug,
  }
}
