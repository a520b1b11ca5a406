import type { ReactNode } from 'react'
import { Link } from 'wouter'

interface TileProps {
  readonly name: string
  readonly value: string
  /** @default none */
  readonly note?: ReactNode
  /** @default nowhere */
  readonly to?: string
  readonly tone?: 'bad' | undefined
}

/** A number that people look at first; stands in a list with the class `tiles`. */
export function Tile({ name, value, note, to, tone }: TileProps) {
  return (
    <li className="tile">
      <p className="tile-name">{to ? <Link href={to}>{name}</Link> : name}</p>
      <p className={tone === 'bad' ? 'tile-value tile-bad' : 'tile-value'}>{value}</p>
      {note && <p className="tile-note">{note}</p>}
    </li>
  )
}
