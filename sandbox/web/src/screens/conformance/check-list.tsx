import { useEffect, useRef, useState } from 'react'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { CheckDetail } from './check-detail.tsx'
import { CheckFilters, shows } from './check-filters.tsx'
import { conformanceText } from './conformance-text.ts'
import { type CheckResult, OutcomeBadge, type RunDetails } from './run-badge.tsx'

/** The checks of a run, failures first; each opens to what was expected and what came. */
export function CheckList({ run }: { readonly run: RunDetails }) {
  const text = useText(conformanceText)
  const [address, change] = useAddressState()
  const wanted = address.get('check')
  const shown = run.results.filter((result) => result.id === wanted || isShown(result, address))
  const isFiltered = ['area', 'search', 'show'].some((name) => address.get(name) !== null)
  const ordered = [...shown].sort((left, right) => rank(left) - rank(right))
  const areas = [...new Set(ordered.map(({ area }) => area))]
  return (
    <Panel title={text.checks} flush>
      <CheckFilters
        areas={[...new Set(run.results.map(({ area }) => area))]}
        address={address}
        onChange={(changes) => change({ ...changes, check: undefined })}
      />
      {ordered.length === 0 && run.state !== 'running' ? (
        <EmptyState icon="search" title={text.nothing} hint={text.nothingHint} />
      ) : (
        areas.map((area) => (
          <AreaGroup
            key={area}
            area={area}
            results={ordered.filter((result) => result.area === area)}
            wanted={wanted}
            isOpen={isFiltered}
          />
        ))
      )}
    </Panel>
  )
}

interface AreaGroupProps {
  readonly area: string
  readonly results: readonly CheckResult[]
  /** Id of the check that the address names. */
  readonly wanted: string | null
  readonly isOpen: boolean
}

function AreaGroup({ area, results, wanted, isOpen }: AreaGroupProps) {
  const text = useText(conformanceText)
  const format = useFormat()
  const count = (outcome: CheckResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  const [pass, fail, skip] = [count('pass'), count('fail'), count('skip')]
  const isWanted = results.some(({ id }) => id === wanted)
  return (
    <details className="area-group" open={isOpen || isWanted || fail > 0 || undefined}>
      <summary>
        <span className={fail > 0 ? 'area-dot area-bad' : 'area-dot'} aria-hidden="true" />
        <span className="mono">{area}</span>
        <span className="check-meta">
          {text.tiles.counts(format.number(pass), format.number(fail), format.number(skip))}
        </span>
      </summary>
      <ul className="checks">
        {results.map((result) => (
          <CheckItem key={result.id} result={result} isWanted={result.id === wanted} />
        ))}
      </ul>
    </details>
  )
}

function rank({ outcome }: CheckResult): number {
  return outcome === 'fail' ? 0 : 1
}

function isShown({ id, area, title, outcome }: CheckResult, address: URLSearchParams): boolean {
  const wantedArea = address.get('area')
  const search = (address.get('search') ?? '').toLowerCase()
  const show = oneOf(shows, address.get('show')) ?? 'all'
  if (wantedArea !== null && area !== wantedArea) return false
  if (show !== 'all' && outcome !== show) return false
  return [id, title.ko, title.en].some((one) => one.toLowerCase().includes(search))
}

interface CheckItemProps {
  readonly result: CheckResult
  /** The address names it. */
  readonly isWanted: boolean
}

function CheckItem({ result, isWanted }: CheckItemProps) {
  const text = useText(conformanceText)
  const language = usePreference('language')
  const format = useFormat()
  const ref = useRef<HTMLDetailsElement>(null)
  const { id, level, title, outcome, durationMs, known } = result
  const [isOpen, setIsOpen] = useState(isWanted || outcome === 'fail')
  useEffect(() => {
    if (isWanted) setIsOpen(true)
    if (isWanted) ref.current?.scrollIntoView({ block: 'center' })
  }, [isWanted])
  return (
    <li>
      <details
        ref={ref}
        className="check"
        open={isOpen}
        onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      >
        <summary>
          <OutcomeBadge outcome={outcome} />
          <span className="check-title">{title[language]}</span>
          <span className="check-meta">
            <span className="mono">{id}</span> · {level}
            {known && ` · ${text.known}`} · {format.duration(durationMs)}
          </span>
        </summary>
        {isOpen && <CheckDetail result={result} />}
      </details>
    </li>
  )
}
