import { useMemo, useState } from 'react'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { bytesOf, hexDump, prettyJson } from '../../ui/bytes.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Segmented } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { deliveryText } from './delivery-text.ts'

interface BodyViewProps {
  readonly body: string
  readonly base64: string
}

/** A body as it went over the wire: formatted, as text, or byte by byte. */
export function BodyView({ body, base64 }: BodyViewProps) {
  const text = useText(deliveryText)
  const format = useFormat()
  const [view, setView] = useState<'json' | 'raw' | 'hex'>('json')
  const bytes = useMemo(() => bytesOf(base64), [base64])
  const pretty = useMemo(() => prettyJson(body), [body])
  const names = (['json', 'raw', 'hex'] as const).filter((name) => name !== 'json' || pretty !== null)
  const present = pretty === null && view === 'json' ? 'raw' : view
  const shown = present === 'json' ? (pretty ?? body) : present === 'raw' ? body : hexDump(bytes)
  const choices = names.map((value) => ({ value, label: text.views[value] }))
  const switcher = <Segmented label={text.view} value={present} choices={choices} onChoose={setView} />
  return (
    <Panel title={text.body} note={format.bytes(bytes.length)} actions={bytes.length > 0 && switcher}>
      {bytes.length === 0 ? <p className="muted">{text.empty}</p> : <CodeBlock label={text.body} text={shown} />}
    </Panel>
  )
}
