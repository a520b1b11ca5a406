import { resolve } from 'node:path'
import { DemoError, reasonOf } from '../demo/demo-error.ts'
import { lineProgress } from '../demo/progress.ts'
import { resultTable } from '../demo/result-table.ts'
import { runDemo } from '../demo/run-demo.ts'
import type { Dictionary } from '../text/index.ts'
import { type DemoArguments, demoDefaults, parseDemoArguments } from './demo-arguments.ts'
import { type StopRequest, stopSignal } from './stop-signal.ts'

/** The process around a command. */
export type CommandProcess = Pick<NodeJS.Process, 'env' | 'stdout' | 'stderr' | 'cwd' | 'on' | 'off' | 'exit'>

/** Runs `mt-paas demo`; its exit code is 0 when all went well, 1 when not, 2 when it was asked wrongly. */
export async function demoCommand(args: readonly string[], host: CommandProcess): Promise<number> {
  const parsed = parseDemoArguments(args, host.env)
  const help = parsed.text.command.demoHelp(demoDefaults)
  if (parsed.kind === 'help') {
    host.stdout.write(help)
    return 0
  }
  if (parsed.kind === 'invalid') {
    host.stderr.write(`${parsed.complaint}\n\n${help}`)
    return 2
  }
  return run(parsed.values, parsed.text, host)
}

async function run({ dataDir, json, ...values }: DemoArguments, text: Dictionary, host: CommandProcess) {
  const { signal, release } = stopSignal(host)
  const write = (words: string) => void host.stderr.write(words)
  const colours = host.stderr.isTTY === true && !host.env.NO_COLOR
  let isUp = false
  try {
    await runDemo({
      ...values,
      dataDir: resolve(host.cwd(), dataDir),
      text,
      progress: lineProgress({ write, colours }),
      onResult: (result) => {
        isUp = true
        host.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : resultTable(result, text))
      },
      signal,
      env: host.env,
      now: () => new Date(),
    })
    return 0
  } catch (error) {
    if (signal.aborted && !isUp) {
      write(`${text.command.interrupted}\n`)
      return (signal.reason as StopRequest).exitCode
    }
    write(`${error instanceof DemoError ? error.message : text.command.failed(reasonOf(error))}\n`)
    return 1
  } finally {
    release()
  }
}
