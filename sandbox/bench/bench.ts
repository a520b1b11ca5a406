import { describeMachine } from './report/machine.ts'
import { record } from './report/record.ts'
import { renderSuite } from './report/render.ts'
import { isReached, type SuiteReport } from './report/report.ts'
import { installPeers } from './run/peers.ts'
import { readRunOptions } from './run/run-options.ts'
import { suites } from './suite/suites.ts'

const tell = (text: string) => process.stderr.write(`· ${text}\n`)
const options = readRunOptions(process.argv.slice(2), tell)
installPeers(tell)
const machine = describeMachine(new Date())
const reports: SuiteReport[] = []
for (const name of options.only) {
  tell(`suite ${name}`)
  const suite = await suites[name]()
  const report = await suite(options)
  reports.push(report)
  process.stdout.write(`${renderSuite(report)}\n\n`)
}

if (!options.quick) record(machine, reports)
const goals = reports.flatMap((report) => report.goals)
const reached = goals.filter(isReached)
tell(`${reached.length} of ${goals.length} goals reached`)
process.exitCode = reached.length === goals.length ? 0 : 1
