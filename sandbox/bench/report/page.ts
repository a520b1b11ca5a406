import type { Machine } from './machine.ts'
import type { RecordedSuite } from './record.ts'
import { renderSuite } from './render.ts'

/** The page that is kept in the repository. */
export function renderPage(machine: Machine, suites: readonly RecordedSuite[]): string {
  const { node, platform, cpu, cores, memoryGb, pinned, versions } = machine
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    '# Benchmarks',
    'Written by `npm run bench`; `npm run bench -- --quick` takes less than a minute and is not recorded, `--only rest,rpc` picks suites.',
    `Node ${node}, ${platform}, ${cpu}, ${cores} cores, ${memoryGb} GB. ` +
      `Server and load ${pinned ? 'on cores of their own' : 'not pinned to cores'}.`,
    `${packages.join(', ')}.`,
    'Ratios compare runs that were made in turn, a moment apart. The measure is CPU time of the server, which other ' +
      'processes on the machine disturb less than they disturb the clock; requests per second are given beside it. ' +
      'A load average above the number of cores means that others were at work: then times and latencies are theirs ' +
      'too, and ratios whose rounds lie far apart decide nothing.',
    ...suites.map(({ machine: { date, loadAverage }, report }) => {
      const when = `Run on ${date}; load average when it began: ${loadAverage}.`
      return renderSuite({ ...report, notes: [...report.notes, when] })
    }),
    '',
  ].join('\n\n')
}
