import { DataTable } from './data-table.tsx'

/** A place where two sides differ; a side that lacks it is undefined. */
export interface DiffRow {
  readonly at: string
  readonly left?: unknown
  readonly right?: unknown
}

interface DiffTableProps {
  readonly caption: string
  readonly heads: { readonly place: string; readonly left: string; readonly right: string }
  readonly differences: readonly DiffRow[]
}

/** Two sides, place by place. */
export function DiffTable({ caption, heads, differences }: DiffTableProps) {
  return (
    <DataTable
      caption={caption}
      rows={differences}
      keyOf={({ at }) => at}
      columns={[
        { key: 'at', head: heads.place, cell: ({ at }) => <code>{at}</code>, width: '28%' },
        { key: 'left', head: heads.left, cell: (row) => <Side of={row} side="left" /> },
        { key: 'right', head: heads.right, cell: (row) => <Side of={row} side="right" /> },
      ]}
    />
  )
}

function Side({ of, side }: { readonly of: DiffRow; readonly side: 'left' | 'right' }) {
  if (of[side] === undefined) return <span className="muted">–</span>
  const value = of[side]
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return side === 'left' ? <del className="diff-left">{text}</del> : <ins className="diff-right">{text}</ins>
}
