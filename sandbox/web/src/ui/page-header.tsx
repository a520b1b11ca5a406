import { type ReactNode, useEffect } from 'react'

interface PageHeaderProps {
  readonly title: string
  /** @default none */
  readonly note?: ReactNode
  /** Beside the title, such as a state. @default none */
  readonly beside?: ReactNode
  /** @default none */
  readonly actions?: ReactNode
}

/** The heading of a screen; names the browser's tab, too. */
export function PageHeader({ title, note, beside, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · mt-paas`
  }, [title])
  return (
    <header className="page-head">
      <div className="page-title">
        <h1>{title}</h1>
        {beside}
        {note && <p className="page-note">{note}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  )
}
