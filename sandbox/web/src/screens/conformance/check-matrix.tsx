import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { CheckFilters, shows } from './check-filters.tsx'
import { conformanceText } from './conformance-text.ts'
import { type CheckResult, type Run, RunBadge } from './run-badge.tsx'

type Service = Outputs['market']['listServices']['services'][number]
type Check = Outputs['conformance']['listChecks']['checks'][number]

interface CheckMatrixProps {
  readonly services: readonly Service[]
  /** Newest first. */
  readonly runs: readonly Run[]
}

/** A service with its newest run. */
interface MatrixColumn {
  readonly service: Service
  readonly run: Run
  readonly results: ReadonlyMap<string, CheckResult>
}

/** Every check in a row, every service in a column. */
export function CheckMatrix({ services, runs }: CheckMatrixProps) {
  const text = useText(conformanceText)
  const { conformance } = useApi()
  const [address, change] = useAddressState()
  const checks = useQuery({ ...conformance.listChecks.query(), staleTime: Number.POSITIVE_INFINITY })
  const newest = services.flatMap((service) => {
    const run = runs.find((one) => one.service === service.slug)
    return run ? [{ service, run }] : []
  })
  const details = useQueries({ queries: newest.map(({ run }) => conformance.getRun.query({ id: run.id })) })
  const columns = newest.map(({ service, run }, index): MatrixColumn => {
    const results = details[index]?.data?.results ?? []
    return { service, run, results: new Map(results.map((result) => [result.id, result])) }
  })
  return (
    <Panel title={text.matrix} note={text.matrixNote} flush>
      <Loaded query={checks} height={320}>
        {({ checks: all }) => (
          <>
            <CheckFilters areas={[...new Set(all.map(({ area }) => area))]} address={address} onChange={change} />
            <MatrixTable checks={all.filter((check) => isShown(check, columns, address))} columns={columns} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function isShown(check: Check, columns: readonly MatrixColumn[], address: URLSearchParams): boolean {
  const area = address.get('area')
  const search = (address.get('search') ?? '').toLowerCase()
  const show = oneOf(shows, address.get('show')) ?? 'all'
  if (area !== null && check.area !== area) return false
  if (![check.id, check.title.ko, check.title.en].some((one) => one.toLowerCase().includes(search))) return false
  return show === 'all' || columns.some(({ results }) => results.get(check.id)?.outcome === show)
}

interface MatrixTableProps {
  readonly checks: readonly Check[]
  readonly columns: readonly MatrixColumn[]
}

function MatrixTable({ checks, columns }: MatrixTableProps) {
  const text = useText(conformanceText)
  const language = usePreference('language')
  if (checks.length === 0) return <EmptyState icon="search" title={text.nothing} hint={text.nothingHint} />
  const first: Column<Check> = {
    key: 'check',
    head: text.columns.check,
    cell: ({ id, title, level }) => (
      <div className="check-name">
        <span>{title[language]}</span>
        <span className="muted">
          <span className="mono">{id}</span> · {level}
        </span>
      </div>
    ),
  }
  const others = columns.map(
    ({ service, run, results }): Column<Check> => ({
      key: service.slug,
      head: <ServiceHead service={service} run={run} />,
      cell: ({ id, title }) => {
        const result = results.get(id)
        return result ? (
          <OutcomeMark run={run.id} result={result} label={`${title[language]}, ${service.title[language]}`} />
        ) : (
          <span className="outcome outcome-none" title={text.notRun}>
            <span aria-hidden="true">·</span>
            <span className="visually-hidden">{text.notRun}</span>
          </span>
        )
      },
    }),
  )
  return (
    <div className="matrix">
      <DataTable caption={text.matrix} rows={checks} keyOf={({ id }) => id} columns={[first, ...others]} />
    </div>
  )
}

function ServiceHead({ service, run }: Pick<MatrixColumn, 'service' | 'run'>) {
  const text = useText(conformanceText)
  const language = usePreference('language')
  return (
    <span className="matrix-head">
      <Link href={`/conformance/runs/${run.id}`}>{service.title[language]}</Link>
      {run.must?.score != null ? (
        <span className={run.must.score === 100 ? 'score score-full' : 'score'}>
          {text.score(String(run.must.score))}
        </span>
      ) : (
        <RunBadge state={run.state} />
      )}
    </span>
  )
}

interface OutcomeMarkProps {
  readonly run: number
  readonly result: CheckResult
  /** Of what. */
  readonly label: string
}

const icons = { pass: 'check', fail: 'cross', skip: 'dash' } as const

function OutcomeMark({ run, result: { id, outcome }, label }: OutcomeMarkProps) {
  const text = useText(conformanceText)
  return (
    <Link
      href={`/conformance/runs/${run}?check=${encodeURIComponent(id)}`}
      className={`outcome outcome-${outcome}`}
      aria-label={`${text.outcomes[outcome]}: ${label}`}
      title={text.outcomes[outcome]}
    >
      <Icon name={icons[outcome]} size={14} />
    </Link>
  )
}
