import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface PanelProps {
  readonly title: ReactNode
  /** A line below the title. @default none */
  readonly note?: ReactNode
  /** @default none */
  readonly actions?: ReactNode
  /** No padding, for tables and lists that go to the edge. @default false */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A part of a screen with a heading. */
export function Panel({ title, note, actions, flush = false, children }: PanelProps) {
  return (
    <section className="panel">
      <header className="panel-head">
        <div>
          <h2>{title}</h2>
          {note && <p className="panel-note">{note}</p>}
        </div>
        {actions && <div className="panel-actions">{actions}</div>}
      </header>
      <div className={classNames('panel-body', flush && 'panel-flush')}>{children}</div>
    </section>
  )
}
