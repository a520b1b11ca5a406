import { parseArgs } from 'node:util'

export const suiteNames = ['rest', 'rpc', 'client', 'tenants', 'curves'] as const
export type SuiteName = (typeof suiteNames)[number]

/** How the benchmarks are run. */
export interface RunOptions {
  /** Shorter slices and fewer rounds: for use while working, not for the record. */
  readonly quick: boolean
  readonly only: readonly SuiteName[]
  /** Says what is being done. */
  readonly tell: (text: string) => void
}

/**
 * @throws TypeError for an option or a suite that there is none of
 */
export function readRunOptions(args: readonly string[], tell: (text: string) => void): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  })
  const only = values.only?.split(',') ?? suiteNames
  return { quick: values.quick, only: only.map(suiteNamed), tell }
}

function suiteNamed(name: string): SuiteName {
  const known = suiteNames.find((suite) => suite === name)
  if (!known) throw new TypeError(`No suite is called '${name}'; there are ${suiteNames.join(', ')}`)
  return known
}
