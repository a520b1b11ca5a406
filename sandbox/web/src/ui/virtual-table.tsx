import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { type Column, TableCells, TableHead } from './data-table.tsx'
import { ScrollRegion } from './scroll-region.tsx'

/** Height of a row, px; the style sheet says the same. */
const ROW = 44
const HEAD = 36
/** Rows kept ready above and below what is seen. */
const SPARE = 8

interface VirtualTableProps<TRow> {
  readonly caption: string
  readonly columns: readonly Column<TRow>[]
  readonly rows: readonly TRow[]
  readonly keyOf: (row: TRow) => string | number
  /** Called when the end comes into sight. @default nothing */
  readonly onEnd?: () => void
  /** How many rows there are with those that are not loaded; -1 when nobody knows. */
  readonly total: number
  /** @default none is */
  readonly isMarked?: (row: TRow) => boolean
}

/** A table that has only those rows in the document that can be seen, however many there are. */
export function VirtualTable<TRow>(props: VirtualTableProps<TRow>) {
  const { caption, columns, rows, keyOf, onEnd, total, isMarked } = props
  const frame = useRef<HTMLElement>(null)
  const [view, setView] = useState({ top: 0, height: 800 })

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])

  const first = Math.max(0, Math.min(Math.floor(view.top / ROW) - SPARE, rows.length - 1))
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW) + SPARE)
  const isNearEnd = last >= rows.length - 4 * SPARE
  useEffect(() => {
    if (isNearEnd) onEnd?.()
  }, [isNearEnd, onEnd])

  return (
    <ScrollRegion className="virtual-scroll" ref={frame} label={caption} style={{ scrollPaddingTop: HEAD }}>
      <table className="table table-fixed" aria-rowcount={total < 0 ? -1 : total + 1}>
        <caption className="visually-hidden">{caption}</caption>
        <TableHead columns={columns} />
        <tbody>
          {first > 0 && <Space height={first * ROW} columns={columns.length} />}
          {rows.slice(first, last).map((row, index) => (
            <tr
              key={keyOf(row)}
              aria-rowindex={first + index + 2}
              className={classNames('virtual-row', isMarked?.(row) && 'row-marked')}
            >
              <TableCells columns={columns} row={row} />
            </tr>
          ))}
          {last < rows.length && <Space height={(rows.length - last) * ROW} columns={columns.length} />}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Space({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the row takes room, holds nothing and cannot be focused
    <tr aria-hidden="true" className="virtual-space">
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}
