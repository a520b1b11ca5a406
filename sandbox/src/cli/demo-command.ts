import { resolve } from 'node:path'
import { DemoError } from '../demo/demo-error.ts'
import { lineProgress } from '../demo/progress.ts'
import { resultTable } from '../demo/result-table.ts'
import { runDemo } from '../demo/run-demo.ts'
import type { CommandContext } from './command/command-context.ts'
import { reasonOf } from './reason-of.ts'
import { type StopRequest, stopSignal } from './stop-signal.ts'

/** Runs `mt-paas demo`; its exit code is 0 when all went well, 1 when not. */
export async function demoCommand({ line, host, print, say }: CommandContext): Promise<number> {
  const { text } = line
  const { signal, release } = stopSignal(host)
  const write = (words: string) => void host.stderr.write(words)
  const colours = host.stderr.isTTY === true && !host.env.NO_COLOR
  let isUp = false
  try {
    await runDemo({
      port: Number(line.value('port')),
      dataDir: resolve(host.cwd(), line.value('data-dir') ?? ''),
      once: line.has('once'),
      text,
      progress: lineProgress({ write, colours }),
      onResult: (result) => {
        isUp = true
        print(result, () => resultTable(result, text))
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
    say(error instanceof DemoError ? error.message : text.command.failed(reasonOf(error)))
    return 1
  } finally {
    release()
  }
}
