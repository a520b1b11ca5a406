import type { ReactNode } from 'react'

interface TileProps {
  readonly name: string
  readonly value: string
  /** @default none */
  readonly note?: ReactNode
}

/** A number that people look at first; stands in a list with the class `tiles`. */
export function Tile({ name, value, note }: TileProps) {
  return (
    <li className="tile">
      <p className="tile-name">{name}</p>
      <p className="tile-value">{value}</p>
      {note && <p className="tile-note">{note}</p>}
    </li>
  )
}
