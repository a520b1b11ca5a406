import { resolve } from 'node:path'
import { ConfigurationError } from '@mt-paas/core'
import { LocalMarketError } from '../local-market/local-market-error.ts'
import { marketTable } from '../local-market/market-table.ts'
import { lineProgress } from '../local-market/progress.ts'
import { runLocalMarket } from '../local-market/run-local-market.ts'
import { sampleServices } from '../services/sample-services.ts'
import { configurationText, type Dictionary } from '../text/index.ts'
import type { CommandContext } from './command/command-context.ts'
import { reasonOf } from './reason-of.ts'
import { type StopRequest, stopSignal } from './stop-signal.ts'

/** Runs `mt-paas sandbox`; its exit code is 0 when all went well, 1 when not. */
export async function sandboxCommand({ line, host, print, say }: CommandContext): Promise<number> {
  const { text } = line
  const { signal, release } = stopSignal(host)
  const write = (words: string) => void host.stderr.write(words)
  const colours = host.stderr.isTTY === true && !host.env.NO_COLOR
  const port = (option: string) => Number(line.value(option))
  let isUp = false
  try {
    await runLocalMarket({
      ports: {
        '--port': port('port'),
        '--postgres-port': port('postgres-port'),
        ...Object.fromEntries(
          sampleServices.map(({ definition: { name } }) => [`--${name}-port`, port(`${name}-port`)]),
        ),
      },
      dataDir: resolve(host.cwd(), line.value('data-dir') ?? ''),
      once: line.has('once'),
      text,
      progress: lineProgress({ write, colours }),
      onReady: (running) => {
        isUp = true
        print(running, () => marketTable(running, text))
      },
      signal,
      env: host.env,
      now: () => new Date(),
    })
    return 0
  } catch (error) {
    if (signal.aborted && !isUp) {
      say(text.command.interrupted)
      return (signal.reason as StopRequest).exitCode
    }
    say(complaintOf(error, text))
    return 1
  } finally {
    release()
  }
}

function complaintOf(error: unknown, { language, command }: Dictionary): string {
  if (error instanceof ConfigurationError) return configurationText(error, language)
  return error instanceof LocalMarketError ? error.message : command.failed(reasonOf(error))
}
