import type { Outputs } from '../../api/router.ts'
import { useNow } from '../../live/use-now.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { servicesText } from './services-text.ts'

/** Where a service is, how it is spoken to, and what was found when it was last looked at. */
export function ServiceFacts({ service }: { readonly service: Outputs['market']['getService'] }) {
  const text = useText(servicesText)
  const { yes, no, none } = useText(actionText)
  const shapes = useText(wordText).shapes
  const format = useFormat()
  const now = useNow()
  const { slug, base_url, prefix, protocol, shape, is_signed, checks_key, checks_signature, health } = service
  const mono = (value: string) => <span className="mono">{value}</span>
  const document = health?.openapi
  const facts = [
    { name: text.facts.address, value: mono(base_url) },
    { name: text.facts.slug, value: mono(slug) },
    { name: text.facts.prefix, value: mono(prefix || '/') },
    { name: text.facts.protocol, value: text.protocols[protocol] },
    { name: text.facts.shape, value: shapes[shape] },
    { name: text.facts.signs, value: is_signed ? yes : no },
    { name: text.facts.checksKey, value: checks_key ? yes : no },
    { name: text.facts.checksSignature, value: checks_signature ? yes : no },
    { name: text.facts.version, value: health?.version ?? none },
    { name: text.facts.answered, value: health ? format.duration(health.duration_ms) : none },
    {
      name: text.facts.lastCheck,
      value: health ? <time dateTime={health.checked_at}>{format.relative(health.checked_at, now)}</time> : none,
    },
    {
      name: text.facts.document,
      value: document
        ? text.facts.documentValue(document.title, document.version, format.number(document.operations))
        : text.facts.noDocument,
    },
    ...(health?.error ? [{ name: text.facts.problem, value: health.error }] : []),
  ]
  return (
    <Panel title={text.about}>
      <FactList facts={facts} />
    </Panel>
  )
}
