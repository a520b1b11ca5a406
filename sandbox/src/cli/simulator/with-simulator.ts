import { SIMULATOR_PORT } from '../../simulator/simulator-port.ts'
import type { CommandContext } from '../command/command-context.ts'
import type { RunCommand } from '../command/command-spec.ts'
import { type SimulatorClient, simulatorClient } from './simulator-client.ts'

/** What a command that talks to a running simulator works with. */
export interface SimulatorContext extends CommandContext {
  readonly client: SimulatorClient
}

/** Gives a command the simulator of `--url`, of MT_SIMULATOR_URL, or of this machine. */
export function withSimulator(run: (context: SimulatorContext) => Promise<number>): RunCommand {
  return (context) => {
    const { line, host } = context
    const url = line.value('url') ?? (host.env.MT_SIMULATOR_URL || `http://127.0.0.1:${SIMULATOR_PORT}`)
    return run({ ...context, client: simulatorClient(url, line.text) })
  }
}
