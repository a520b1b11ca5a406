import { listAt, memberAt } from '../http/exchange.ts'

/** The number at a member, NaN where there is none. */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number {
  const found = memberAt(value, ...path)
  return typeof found === 'number' ? found : Number.NaN
}

/** The sum of one member over a list. */
export function sumOf(list: readonly unknown[], member: string): number {
  return list.reduce<number>((sum, entry) => sum + numberAt(entry, member), 0)
}

/** One member of every entry of a list. */
export function columnOf(value: unknown, list: string, member: string): readonly unknown[] {
  return listAt(value, list).map((entry) => memberAt(entry, member))
}

/** Whether two amounts of money are the same; numbers in JSON are binary and sums of them are off by a hair. */
export function sameAmount(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one), Math.abs(other))
}
