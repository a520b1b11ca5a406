import { Link } from 'wouter'
import './chart.css'

/** A bar and what it is about. */
export interface Bar {
  readonly key: string
  readonly label: string
  readonly value: number
  /** Where its name leads. @default nowhere */
  readonly to?: string
}

interface BarListProps {
  readonly bars: readonly Bar[]
  readonly formatValue: (value: number) => string
  /** Custom property with the colour. @default '--chart-accent' */
  readonly colour?: `--${string}`
}

/** Bars beside their names; names and numbers are text, so everyone can read them. */
export function BarList({ bars, formatValue, colour = '--chart-accent' }: BarListProps) {
  const most = Math.max(0, ...bars.map(({ value }) => value)) || 1
  return (
    <ul className="bars">
      {bars.map(({ key, label, value, to }) => (
        <li key={key} className="bar">
          <span className="bar-label">{to ? <Link href={to}>{label}</Link> : label}</span>
          <span className="bar-value">{formatValue(value)}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-fill" style={{ width: `${(100 * value) / most}%`, background: `var(${colour})` }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
