import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { errorMessage } from './error-message.ts'
import { Icon } from './icon.tsx'
import { stateText } from './state-text.ts'

interface LoadedProps<TData> {
  readonly query: UseQueryResult<TData, Error>
  /** How high the place holder is, px. @default 160 */
  readonly height?: number
  readonly children: (data: TData) => ReactNode
}

/** Shows what a query gives, and until then, or when it fails, that it does not. */
export function Loaded<TData>({ query, height = 160, children }: LoadedProps<TData>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <LoadingState height={height} />
}

/** A place holder that says that something comes. */
export function LoadingState({ height = 160 }: { readonly height?: number }) {
  const text = useText(stateText)
  return (
    <div className="skeleton" style={{ minHeight: height }} role="status">
      <span className="visually-hidden">{text.loading}</span>
    </div>
  )
}

interface ErrorStateProps {
  readonly error: unknown
  /** @default no button */
  readonly onRetry?: () => void
}

/** Says what went wrong, and lets the reader try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const text = useText(stateText)
  return (
    <div className="error-state" role="alert">
      <Icon name="faults" size={18} />
      <div>
        <p className="error-title">{text.failed}</p>
        <p className="muted">{errorMessage(error, text.offline)}</p>
      </div>
      {onRetry && (
        <Button size="s" icon="retry" onClick={onRetry}>
          {text.retry}
        </Button>
      )}
    </div>
  )
}
