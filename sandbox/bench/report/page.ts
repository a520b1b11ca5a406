import type { Machine } from './machine.ts'
import { renderSuite } from './render.ts'
import type { SuiteReport } from './report.ts'

/** The page that is kept in the repository. */
export function renderPage(machine: Machine, reports: readonly SuiteReport[]): string {
  const { date, node, platform, cpu, cores, memoryGb, loadAverage, pinned, versions } = machine
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    '# Benchmarks',
    'Written by `npm run bench`; `npm run bench -- --quick` takes a minute and `--only rest,rpc` picks suites.',
    `${date}, Node ${node}, ${platform}, ${cpu}, ${cores} cores, ${memoryGb} GB. Load average when it began: ` +
      `${loadAverage}. Server and load ${pinned ? 'on cores of their own' : 'not pinned to cores'}.`,
    `${packages.join(', ')}.`,
    'Ratios compare runs that were made in turn, a moment apart. The measure is CPU time of the server, which other ' +
      'processes on the machine disturb less than they disturb the clock; requests per second are given beside it.',
    ...reports.map(renderSuite),
    '',
  ].join('\n\n')
}
