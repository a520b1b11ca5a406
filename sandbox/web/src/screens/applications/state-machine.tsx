import { useText } from '../../text/use-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { applicationText, type MarketState } from './application-text.ts'

const way: readonly MarketState[] = ['submitted', 'provisioning', 'provisioned']
const asides: readonly MarketState[] = ['failed', 'rejected', 'withdrawn']

/** The states of an application, with the present one marked. */
export function StateMachine({ state }: { readonly state: MarketState }) {
  const text = useText(applicationText)
  const reached = state === 'failed' ? 1 : way.indexOf(state)
  const entry = (one: MarketState, isPast: boolean) => (
    <li
      key={one}
      className={classNames(
        'machine-state',
        one === state && `machine-present machine-${one}`,
        isPast && 'machine-past',
      )}
      aria-current={one === state ? 'step' : undefined}
    >
      {isPast && <Icon name="check" size={14} />}
      {text.states[one]}
      {one === state && <span className="visually-hidden"> ({text.present})</span>}
    </li>
  )
  return (
    <div className="machine">
      <ol className="machine-way">{way.map((one, index) => entry(one, index < reached))}</ol>
      <ul className="machine-asides">{asides.map((one) => entry(one, false))}</ul>
    </div>
  )
}
