import { useLive } from '../live/live-events.tsx'
import { useText } from '../text/use-text.ts'
import { shellText } from './shell-text.ts'

/** Whether what is shown is live. */
export function ConnectionBadge() {
  const text = useText(shellText)
  const { state } = useLive()
  return (
    <span className={`connection connection-${state}`} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {text.connection[state]}
    </span>
  )
}
