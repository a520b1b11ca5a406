import { useId, useState } from 'react'
import { Link } from 'wouter'
import type { Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { conformanceText } from './conformance-text.ts'
import type { CheckResult, Run } from './run-badge.tsx'

/** A service of the market. */
export type Service = Outputs['market']['listServices']['services'][number]

/** A check of the tester. */
export type Check = Outputs['conformance']['listChecks']['checks'][number]

/** A service with its newest run. */
export interface MatrixColumn {
  readonly service: Service
  readonly run: Run
  readonly results: ReadonlyMap<string, CheckResult>
}

interface AreaRowsProps {
  readonly area: string
  readonly checks: readonly Check[]
  readonly columns: readonly MatrixColumn[]
  readonly isOpenFirst: boolean
}

/** An area of the contract in one row; its checks below it, where it is open. */
export function AreaRows({ area, checks, columns, isOpenFirst }: AreaRowsProps) {
  const text = useText(conformanceText)
  const format = useFormat()
  const id = useId()
  const [chosen, setChosen] = useState<boolean>()
  const isOpen = chosen ?? isOpenFirst
  return (
    <>
      <tbody>
        <tr className="area-row">
          <th scope="row">
            <button
              type="button"
              className="area-toggle"
              aria-expanded={isOpen}
              aria-controls={isOpen ? id : undefined}
              onClick={() => setChosen(!isOpen)}
            >
              <Icon name="right" size={14} />
              <span className="mono">{area}</span>
              <span className="muted">{text.checkCount(format.number(checks.length))}</span>
            </button>
          </th>
          {columns.map((column) => (
            <td key={column.service.slug}>
              <Tally checks={checks} column={column} />
            </td>
          ))}
        </tr>
      </tbody>
      {isOpen && (
        <tbody id={id}>
          {checks.map((check) => (
            <CheckRow key={check.id} check={check} columns={columns} />
          ))}
        </tbody>
      )}
    </>
  )
}

function Tally({ checks, column: { results } }: Pick<AreaRowsProps, 'checks'> & { readonly column: MatrixColumn }) {
  const text = useText(conformanceText)
  const format = useFormat()
  const outcomes = checks.flatMap(({ id }) => results.get(id)?.outcome ?? [])
  if (outcomes.length === 0) return <NotRun />
  const count = (wanted: CheckResult['outcome']) => outcomes.filter((outcome) => outcome === wanted).length
  const [pass, fail, skip] = [count('pass'), count('fail'), count('skip')]
  const words = text.tiles.counts(format.number(pass), format.number(fail), format.number(skip))
  return (
    <span className={classNames('tally', fail > 0 && 'tally-bad', pass + fail === 0 && 'tally-none')} title={words}>
      <span aria-hidden="true">{`${format.number(pass)}/${format.number(outcomes.length)}`}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

function CheckRow({ check, columns }: Pick<AreaRowsProps, 'columns'> & { readonly check: Check }) {
  const language = usePreference('language')
  const { id, title, level } = check
  return (
    <tr>
      <td>
        <div className="check-name">
          <span>{title[language]}</span>
          <span className="muted">
            <span className="mono">{id}</span> · {level}
          </span>
        </div>
      </td>
      {columns.map(({ service, run, results }) => {
        const result = results.get(id)
        return (
          <td key={service.slug}>
            {result ? (
              <OutcomeMark run={run.id} result={result} label={`${title[language]}, ${service.title[language]}`} />
            ) : (
              <NotRun />
            )}
          </td>
        )
      })}
    </tr>
  )
}

function NotRun() {
  const text = useText(conformanceText)
  return (
    <span className="outcome outcome-none" title={text.notRun}>
      <span aria-hidden="true">·</span>
      <span className="visually-hidden">{text.notRun}</span>
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
