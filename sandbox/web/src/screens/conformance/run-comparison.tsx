import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useAddressState } from '../../ui/use-address-state.ts'
import { conformanceText } from './conformance-text.ts'
import { type CheckResult, OutcomeBadge, type RunDetails } from './run-badge.tsx'

const RUNS = 50

/** What has changed since another run of the same service. */
export function RunComparison({ run }: { readonly run: RunDetails }) {
  const text = useText(conformanceText)
  const format = useFormat()
  const [address, change] = useAddressState()
  const runs = useQuery(useApi().conformance.listRuns.query({ service: run.service, limit: RUNS }))
  const others = (runs.data?.runs ?? []).filter(({ id, state }) => id !== run.id && state !== 'running')
  const chosen = others.find(({ id }) => String(id) === address.get('compare'))
  if (others.length === 0) return null
  const choices = others.map(({ id, started_at }) => ({
    value: String(id),
    label: `${id} (${format.dateTime(started_at)})`,
  }))
  return (
    <Panel title={chosen ? text.compareTitle(String(chosen.id)) : text.compare}>
      <div className="stack">
        <Field label={<span className="visually-hidden">{text.compare}</span>}>
          {(control) => (
            <Select
              {...control}
              value={chosen ? String(chosen.id) : ''}
              choices={[{ value: '', label: text.compareNone }, ...choices]}
              onChoose={(compare) => change({ compare })}
            />
          )}
        </Field>
        {chosen && <Changes run={run} other={chosen.id} />}
      </div>
    </Panel>
  )
}

type Change = 'broken' | 'mended' | 'still' | 'added'

function Changes({ run, other }: { readonly run: RunDetails; readonly other: number }) {
  const text = useText(conformanceText)
  const language = usePreference('language')
  const query = useQuery(useApi().conformance.getRun.query({ id: other }))
  return (
    <Loaded query={query}>
      {({ results: before }) => {
        const earlier = new Map(before.map((result) => [result.id, result]))
        const changed = run.results.flatMap((result) => {
          const what = changeOf(result, earlier.get(result.id))
          return what ? [{ what, result }] : []
        })
        if (changed.length === 0) return <EmptyState icon="check" title={text.same} />
        return (
          <ul className="changes">
            {changed.map(({ what, result }) => (
              <li key={result.id}>
                <OutcomeBadge outcome={result.outcome} />
                <span>{text.changes[what]}</span>
                <Link href={`/conformance/runs/${run.id}?check=${encodeURIComponent(result.id)}`}>
                  {result.title[language]}
                </Link>
              </li>
            ))}
          </ul>
        )
      }}
    </Loaded>
  )
}

function changeOf({ outcome }: CheckResult, before: CheckResult | undefined): Change | null {
  if (!before) return outcome === 'fail' ? 'added' : null
  if (outcome === 'fail') return before.outcome === 'fail' ? 'still' : 'broken'
  return before.outcome === 'fail' && outcome === 'pass' ? 'mended' : null
}
