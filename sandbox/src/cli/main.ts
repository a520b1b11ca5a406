import { createRequire } from 'node:module'
import { dictionary, systemLanguage } from '../text/index.ts'
import { runAdminCommand } from './admin-command.ts'
import { type CommandProcess, demoCommand } from './demo-command.ts'
import { doctorCommand } from './doctor-command.ts'
import { migrateCommand } from './migrate-command.ts'
import { isSimulatorCommand, runSimulatorCommand } from './simulator/run-simulator-command.ts'
import { tenantsCommand } from './tenants-command.ts'
import { verifyCommand } from './verify-command.ts'

/** Runs the command that the arguments name and gives its exit code. */
async function main([name, ...rest]: readonly string[], host: CommandProcess): Promise<number> {
  const { command } = dictionary(systemLanguage(host.env))
  if (name === 'demo') return demoCommand(rest, host)
  if (name === 'tenants') return tenantsCommand(rest, host)
  if (name === 'migrate') return runAdminCommand(migrateCommand, rest, host)
  if (name === 'doctor') return runAdminCommand(doctorCommand, rest, host)
  if (name === 'verify') return verifyCommand(rest, host)
  if (isSimulatorCommand(name)) return runSimulatorCommand(name, rest, process)
  if (name === '--help' || name === '-h') {
    host.stdout.write(command.help)
    return 0
  }
  if (name === '--version' || name === '-V') {
    host.stdout.write(`${createRequire(import.meta.url)('../../package.json').version}\n`)
    return 0
  }
  host.stderr.write(name === undefined ? command.help : `${command.unknownCommand(name)}\n\n${command.help}`)
  return 2
}

process.exitCode = await main(process.argv.slice(2), process)
