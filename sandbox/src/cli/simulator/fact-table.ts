import { pairTable } from '../text-table.ts'
import { shownValue } from './record-table.ts'

/** Names and values, one pair a line; what there is nothing of is left out. */
export function factTable(facts: readonly (readonly [name: string, value: unknown])[]): string {
  const there = facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
  return pairTable(there.map(([name, value]) => [name, shownValue(value)]))
}
