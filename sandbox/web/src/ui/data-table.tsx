import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { ScrollRegion } from './scroll-region.tsx'

/** A column of a table. */
export interface Column<TRow> {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: TRow) => ReactNode
  /** Numbers stand on the right. @default 'start' */
  readonly align?: 'start' | 'end'
  /** Left out where there is little room: 2 first, then 1. @default never */
  readonly priority?: 1 | 2
  /** CSS width. @default what it needs */
  readonly width?: string
}

interface DataTableProps<TRow> {
  /** What the table holds. */
  readonly caption: string
  readonly columns: readonly Column<TRow>[]
  readonly rows: readonly TRow[]
  readonly keyOf: (row: TRow) => string | number
}

/** A table of all its rows; for very many of them there is the virtual one. */
export function DataTable<TRow>({ caption, columns, rows, keyOf }: DataTableProps<TRow>) {
  return (
    <ScrollRegion label={caption} className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <TableHead columns={columns} />
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <TableCells columns={columns} row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** The heads of columns. */
export function TableHead<TRow>({ columns }: { readonly columns: readonly Column<TRow>[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            className={cellClass(column)}
            style={column.width ? { width: column.width } : undefined}
          >
            {column.head}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** The cells of a row. */
export function TableCells<TRow>({ columns, row }: { readonly columns: readonly Column<TRow>[]; readonly row: TRow }) {
  return columns.map((column) => (
    <td key={column.key} className={cellClass(column)}>
      {column.cell(row)}
    </td>
  ))
}

function cellClass<TRow>({ align, priority }: Column<TRow>): string {
  return classNames(align === 'end' && 'cell-end', priority && `cell-priority-${priority}`)
}
