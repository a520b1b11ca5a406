import type { Outputs } from '../../api/router.ts'
import { useNow } from '../../live/use-now.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Tile } from '../../ui/tile.tsx'
import { useServiceTitle } from '../tenant/use-service-title.ts'
import { overviewText } from './overview-text.ts'

interface ConformanceTileProps {
  /** The newest run of every service, newest first. */
  readonly runs: Outputs['market']['overview']['conformance']
}

/** How the service that was tested last keeps the contract; leads to that run. */
export function ConformanceTile({ runs: [last] }: ConformanceTileProps) {
  const text = useText(overviewText).conformance
  const format = useFormat()
  const now = useNow()
  const titleOf = useServiceTitle()
  if (!last) return <Tile name={text.name} to="/conformance" value="–" note={text.none} />
  const { run_id, service, state, must_score: score, started_at } = last
  return (
    <Tile
      name={text.name}
      to={`/conformance/runs/${run_id}`}
      value={score === null ? '–' : text.score(format.number(score))}
      tone={state === 'failed' || state === 'error' ? 'bad' : undefined}
      note={
        <>
          {titleOf(service)}, {text.states[state]}
          <br />
          <time dateTime={started_at}>{format.relative(started_at, now)}</time>
        </>
      }
    />
  )
}
