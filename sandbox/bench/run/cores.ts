import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

const hasTaskset = spawnSync('taskset', ['--version']).status === 0

/** Whether server and load run on cores of their own. */
export const arePinned = hasTaskset && availableParallelism() >= 2

/** The command that runs `command` on the core of one side, where the machine allows it. */
export function pinned(side: 'server' | 'load', command: readonly string[]): readonly string[] {
  if (!arePinned) return command
  const core = availableParallelism() - (side === 'server' ? 1 : 2)
  return ['taskset', '--cpu-list', String(core), ...command]
}
