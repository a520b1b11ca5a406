import { reasonOf } from '../../demo/demo-error.ts'
import { type SimulatorCommandName, simulatorCommandNames } from '../../text/index.ts'
import { clockCommand, faultsCommand, resetCommand, servicesCommand } from './changing-commands.ts'
import { type CommandContext, type SimulatorCommand, TEXT } from './command.ts'
import { CommandError } from './command-error.ts'
import { type CommandLine, parseCommandLine } from './command-line.ts'
import { applicationsCommand, diffCommand, resultsCommand, showCommand, statsCommand } from './reading-commands.ts'
import { customCommand, replayCommand, serviceCommand, triggerCommand } from './sending-commands.ts'
import { signCommand, verifySignatureCommand } from './signature-commands.ts'
import { simulatorClient } from './simulator-client.ts'
import { simulatorCommand } from './simulator-command.ts'
import { tailCommand } from './tail-command.ts'

const commands: Readonly<Record<SimulatorCommandName, SimulatorCommand>> = {
  simulator: simulatorCommand,
  service: serviceCommand,
  applications: applicationsCommand,
  results: resultsCommand,
  stats: statsCommand,
  show: showCommand,
  diff: diffCommand,
  replay: replayCommand,
  tail: tailCommand,
  trigger: triggerCommand,
  custom: customCommand,
  services: servicesCommand,
  clock: clockCommand,
  faults: faultsCommand,
  reset: resetCommand,
  sign: signCommand,
  'verify-signature': verifySignatureCommand,
}

/** Commands that ask nobody. */
const LOCAL: readonly SimulatorCommandName[] = ['simulator', 'sign', 'verify-signature']
const DEFAULT_URL = 'http://127.0.0.1:9000'

/** Whether a command is one of the simulator's. */
export function isSimulatorCommand(name: string | undefined): name is SimulatorCommandName {
  return simulatorCommandNames.some((known) => known === name)
}

/** Runs a command of the simulator; its exit code is 0 when all was well, 1 when it was not, 2 when it could not be told. */
export async function runSimulatorCommand(
  name: SimulatorCommandName,
  args: readonly string[],
  host: CommandContext['host'],
): Promise<number> {
  const command = commands[name]
  const isLocal = LOCAL.includes(name)
  const options = isLocal ? command.options : { ...command.options, url: TEXT }
  const parsed = parseCommandLine(args, { ...command, options }, host.env)
  const help = (parsed.kind === 'run' ? parsed.line.text : parsed.text).simulator.help[name]
  if (parsed.kind === 'help') {
    host.stdout.write(help)
    return 0
  }
  if (parsed.kind === 'invalid') {
    host.stderr.write(`${parsed.complaint}\n\n${help}`)
    return 2
  }
  try {
    return await command.run(contextOf(parsed.line, host))
  } catch (error) {
    const isKnown = error instanceof CommandError
    host.stderr.write(`${isKnown ? error.message : parsed.line.text.command.failed(reasonOf(error))}\n`)
    return isKnown ? 2 : 1
  }
}

function contextOf(line: CommandLine, host: CommandContext['host']): CommandContext {
  const url = line.value('url') ?? (host.env.MT_SIMULATOR_URL || DEFAULT_URL)
  return {
    line,
    host,
    client: simulatorClient(url, line.text.simulator),
    print: (document, text) => {
      host.stdout.write(line.json ? `${JSON.stringify(document, null, 2)}\n` : text())
    },
    say: (words) => {
      host.stderr.write(`${words}\n`)
    },
  }
}
