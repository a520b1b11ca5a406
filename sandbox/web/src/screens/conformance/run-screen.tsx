import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { stateText } from '../../ui/state-text.ts'
import { Tile } from '../../ui/tile.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { useServiceTitle } from '../tenant/use-service-title.ts'
import { CheckList } from './check-list.tsx'
import { conformanceText } from './conformance-text.ts'
import { ReportDownloads } from './report-downloads.tsx'
import { RunBadge, type RunDetails } from './run-badge.tsx'
import { RunComparison } from './run-comparison.tsx'
import '../overview/overview.css'
import './conformance.css'

/** One run of the conformance tester. */
export function RunScreen({ params }: { readonly params: { readonly id: string } }) {
  const id = Number(params.id)
  const run = useQuery(useApi().conformance.getRun.query({ id: Number.isSafeInteger(id) ? id : 0 }))
  return (
    <Loaded query={run} height={480}>
      {(data) => <RunPage key={data.id} run={data} />}
    </Loaded>
  )
}

function RunPage({ run }: { readonly run: RunDetails }) {
  const text = useText(conformanceText)
  const format = useFormat()
  const titleOf = useServiceTitle()
  const { id, service, state, error, started_at, url, done, total } = run
  return (
    <>
      <PageHeader
        title={text.runTitle(titleOf(service), String(id))}
        beside={<RunBadge state={state} />}
        note={
          <>
            <time dateTime={started_at}>{format.dateTime(started_at)}</time> · <span className="mono">{url}</span>
          </>
        }
        actions={state === 'running' ? <CancelButton id={id} /> : <AgainButton run={run} />}
      />
      <div className="stack">
        {state === 'running' && (
          <div className="run-progress">
            <progress max={total} value={done} aria-label={text.states.running} />
            <span role="status">{text.progress(format.number(done), format.number(total))}</span>
          </div>
        )}
        {error !== null && (
          <p className="form-failure" role="alert">
            {error}
          </p>
        )}
        <Scores run={run} />
        {run.verdict !== null && <ReportDownloads id={id} />}
        <RunComparison run={run} />
        <CheckList run={run} />
      </div>
    </>
  )
}

function Scores({ run: { must, should, classic, duration_ms, seed } }: { readonly run: RunDetails }) {
  const text = useText(conformanceText)
  const format = useFormat()
  if (must === null || should === null || classic === null) return null
  const tile = (name: string, { score, pass, fail, skip }: typeof must) => (
    <Tile
      name={name}
      value={score === null ? '–' : text.score(String(score))}
      note={text.tiles.counts(format.number(pass), format.number(fail), format.number(skip))}
    />
  )
  return (
    <ul className="tiles score-tiles">
      {tile(text.tiles.must, must)}
      {tile(text.tiles.should, should)}
      {tile(text.tiles.classic, classic)}
      <Tile
        name={text.tiles.duration}
        value={duration_ms === null ? '–' : format.duration(duration_ms)}
        note={seed !== null && <span className="mono">{text.tiles.seed(seed)}</span>}
      />
    </ul>
  )
}

function CancelButton({ id }: { readonly id: number }) {
  const text = useText(conformanceText)
  const { offline } = useText(stateText)
  const { conformance } = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const cancel = useMutation({
    ...conformance.cancel.mutation(),
    onError: (error) => toast({ tone: 'bad', title: text.failedTo.cancel, detail: errorMessage(error, offline) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: conformance.getRun.key() }),
  })
  return (
    <Button kind="danger" icon="stop" busy={cancel.isPending} onClick={() => cancel.mutate({ id })}>
      {text.cancel}
    </Button>
  )
}

/** Starts a run with the same options; the failures of the other one are not known ones unless they were before. */
function AgainButton({ run: { service, options } }: { readonly run: RunDetails }) {
  const text = useText(conformanceText)
  const { offline } = useText(stateText)
  const { conformance } = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const [, navigate] = useLocation()
  const start = useMutation({
    ...conformance.start.mutation(),
    async onSuccess({ id }) {
      await queryClient.invalidateQueries({ queryKey: conformance.listRuns.key() })
      navigate(`/conformance/runs/${id}`)
    },
    onError: (error) => toast({ tone: 'bad', title: text.failedTo.start, detail: errorMessage(error, offline) }),
  })
  return (
    <Button kind="primary" icon="retry" busy={start.isPending} onClick={() => start.mutate({ ...options, service })}>
      {text.again}
    </Button>
  )
}
