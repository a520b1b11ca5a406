import { rules } from '../../../../src/conformance/rules.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { conformanceText } from './conformance-text.ts'
import type { CheckResult } from './run-badge.tsx'

/** What a check expected, what it got, and what to do about it. */
export function CheckDetail({ result }: { readonly result: CheckResult }) {
  const text = useText(conformanceText)
  const format = useFormat()
  const language = usePreference('language')
  const { id, rule, failures, skip, outcome, expectations } = result
  return (
    <div className="check-detail">
      <FactList facts={[{ name: text.rule, value: `${rules[rule].text[language]} (${rules[rule].section})` }]} />
      {outcome === 'pass' && <p className="muted">{text.expectations(format.number(expectations))}</p>}
      {skip && (
        <p>
          <span className="muted">{text.reason}: </span>
          {skip.reason[language]}
        </p>
      )}
      {failures.map((failure, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: failures of a check have no name of their own and never move
        <FailureDetail key={index} name={`${id} ${index + 1}: ${failure.what}`} failure={failure} />
      ))}
    </div>
  )
}

interface FailureDetailProps {
  /** One of its own in the whole run: what failed is often called the same. */
  readonly name: string
  readonly failure: CheckResult['failures'][number]
}

function FailureDetail({ name, failure }: FailureDetailProps) {
  const text = useText(conformanceText)
  const language = usePreference('language')
  const { what, expected, received, difference, hint, curl } = failure
  return (
    <section className="failure" aria-label={name}>
      <h3 className="mono">{what}</h3>
      <div className="failure-pair">
        <div>
          <p className="field-label">{text.expected}</p>
          <CodeBlock label={`${text.expected}: ${name}`} text={shown(expected)} maxHeight={220} />
        </div>
        <div>
          <p className="field-label">{text.received}</p>
          <CodeBlock label={`${text.received}: ${name}`} text={shown(received)} maxHeight={220} />
        </div>
      </div>
      {difference.length > 0 && (
        <div>
          <p className="field-label">{text.difference}</p>
          <CodeBlock label={`${text.difference}: ${name}`} text={difference.join('\n')} maxHeight={220} />
        </div>
      )}
      <p>
        <strong>{text.hint}</strong> {hint[language]}
      </p>
      {curl !== null && (
        <div>
          <p className="field-label">{text.tryIt}</p>
          <CodeBlock label={`${text.tryIt}: ${name}`} text={curl} maxHeight={220} />
        </div>
      )}
    </section>
  )
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '–')
}
