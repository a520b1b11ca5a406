/** A table for people; the first column names the row. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A figure that is to be reached. */
export interface Goal {
  readonly name: string
  readonly value: number
  readonly target: number
  /** Whether more or less is better. */
  readonly better: 'more' | 'less'
  readonly unit: string
  /** What was measured to be the reason, told when the goal is missed. @default nothing */
  readonly why?: string
}

/** What one suite has to tell. */
export interface SuiteReport {
  readonly name: string
  readonly title: string
  /** What the reader must know to judge the figures. */
  readonly notes: readonly string[]
  readonly tables: readonly Table[]
  readonly goals: readonly Goal[]
  /** Every figure, for programs. */
  readonly data: unknown
}

export function isReached({ value, target, better }: Goal): boolean {
  return better === 'more' ? value >= target : value <= target
}

/** Three digits that count, no exponent. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}
