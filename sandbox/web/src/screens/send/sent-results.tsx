import { Link } from 'wouter'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { sendText } from './send-text.ts'

/** What came of one message. */
export interface SentResult {
  readonly id: string
  readonly name: string
  /** Null when nobody said what was expected. */
  readonly ok: boolean | null
  readonly success: boolean
  readonly expected: readonly number[]
  readonly status: number | null
  readonly duration: number | null
}

/** What came of everything that was sent here, newest first. */
export function SentResults({ results }: { readonly results: readonly SentResult[] }) {
  const text = useText(sendText)
  const format = useFormat()
  return (
    <ol className="sent" aria-live="polite">
      {results.map(({ id, name, ok, success, expected, status, duration }) => (
        <li key={id}>
          <Badge tone={(ok ?? success) ? 'good' : 'bad'}>
            {(ok ?? success) ? text.asExpected : text.notAsExpected}
          </Badge>
          <div>
            <p>
              <strong>{name}</strong> · {status === null ? text.noAnswer : text.got(`HTTP ${status}`)}
              {expected.length > 0 && ` · ${text.expected(expected.join(', '))}`}
              {duration !== null && ` · ${format.duration(duration)}`}
            </p>
            <Link className="mono" href={`/deliveries/${encodeURIComponent(id)}`}>
              {id}
            </Link>
          </div>
        </li>
      ))}
    </ol>
  )
}
