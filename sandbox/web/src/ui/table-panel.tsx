import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { actionText } from './action-text.ts'
import { IconButton } from './button.tsx'
import { type CsvCell, csv } from './csv.ts'
import { type Column, DataTable } from './data-table.tsx'
import { Panel } from './panel.tsx'
import { saveFile } from './save-file.ts'

/** A column that is also written to a file. */
export interface FileColumn<TRow> extends Column<TRow> {
  readonly head: string
  /** What the file gets. @default the column is left out of it */
  readonly value?: (row: TRow) => CsvCell
}

interface TablePanelProps<TRow> {
  readonly title: string
  /** @default none */
  readonly note?: ReactNode
  /** Beside the download. @default none */
  readonly actions?: ReactNode
  /** Name of the file, without its ending. */
  readonly file: string
  readonly rows: readonly TRow[]
  readonly columns: readonly FileColumn<TRow>[]
  readonly keyOf: (row: TRow) => string | number
  /** What stands in place of no rows. */
  readonly empty: ReactNode
  /** Below the table. @default none */
  readonly children?: ReactNode
}

/** A table in a panel that can be taken away as CSV. */
export function TablePanel<TRow>(props: TablePanelProps<TRow>) {
  const { title, note, actions, file, rows, columns, keyOf, empty, children } = props
  const { download } = useText(actionText)
  const save = () => {
    const written = columns.filter(({ value }) => value !== undefined)
    const cells = rows.map((row) => written.map(({ value }) => value?.(row)))
    saveFile(
      `${file}.csv`,
      csv(
        written.map(({ head }) => head),
        cells,
      ),
      'text/csv',
    )
  }
  const buttons = (
    <>
      {actions}
      {rows.length > 0 && <IconButton icon="download" label={`${download}: ${title}`} onClick={save} />}
    </>
  )
  return (
    <Panel title={title} note={note} actions={buttons} flush>
      {rows.length === 0 ? empty : <DataTable caption={title} columns={columns} rows={rows} keyOf={keyOf} />}
      {children}
    </Panel>
  )
}
