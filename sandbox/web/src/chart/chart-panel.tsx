import { type ReactNode, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { actionText } from '../ui/action-text.ts'
import { IconButton } from '../ui/button.tsx'
import { type CsvCell, csv } from '../ui/csv.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Panel } from '../ui/panel.tsx'
import { saveFile } from '../ui/save-file.ts'

/** A column of a chart's table. */
export interface ChartColumn<TRow> {
  readonly head: string
  /** What the file gets. */
  readonly value: (row: TRow) => CsvCell
  /** What people read. @default the value */
  readonly shown?: (row: TRow) => ReactNode
}

interface ChartPanelProps<TRow> {
  readonly title: string
  /** @default none */
  readonly note?: ReactNode
  /** Name of the file, without its ending. */
  readonly file: string
  readonly rows: readonly TRow[]
  readonly columns: readonly ChartColumn<TRow>[]
  /** The chart. */
  readonly children: ReactNode
}

/** A chart that can also be read as a table, and taken away as CSV. */
export function ChartPanel<TRow>({ title, note, file, rows, columns, children }: ChartPanelProps<TRow>) {
  const text = useText(actionText)
  const [isTable, setIsTable] = useState(false)
  const save = () => {
    const cells = rows.map((row) => columns.map(({ value }) => value(row)))
    const head = columns.map((column) => column.head)
    saveFile(`${file}.csv`, csv(head, cells), 'text/csv')
  }
  const actions = (
    <>
      <IconButton
        icon={isTable ? 'chart' : 'table'}
        label={`${isTable ? text.showChart : text.showTable}: ${title}`}
        onClick={() => setIsTable(!isTable)}
      />
      <IconButton icon="download" label={`${text.download}: ${title}`} onClick={save} />
    </>
  )
  return (
    <Panel title={title} note={note} actions={actions} flush={isTable}>
      {isTable ? <ChartTable title={title} rows={rows} columns={columns} /> : children}
    </Panel>
  )
}

type ChartTableProps<TRow> = Pick<ChartPanelProps<TRow>, 'title' | 'rows' | 'columns'>

function ChartTable<TRow>({ title, rows, columns }: ChartTableProps<TRow>) {
  const tableColumns = columns.map(
    ({ head, value, shown }, index): Column<readonly [number, TRow]> => ({
      key: head,
      head,
      align: index === 0 ? 'start' : 'end',
      cell: ([, row]) => shown?.(row) ?? value(row) ?? '–',
    }),
  )
  return (
    <div className="chart-table">
      <DataTable caption={title} columns={tableColumns} rows={[...rows.entries()]} keyOf={([index]) => index} />
    </div>
  )
}
