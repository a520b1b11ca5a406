import { useText } from '../../text/use-text.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { BodyView } from './body-view.tsx'
import type { AttemptView } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'
import { HeaderTable } from './header-table.tsx'
import { SignaturePanel } from './signature-panel.tsx'

/** What was sent, byte for byte. */
export function RequestPart({ attempt }: { readonly attempt: AttemptView }) {
  const text = useText(deliveryText)
  const { request } = attempt
  return (
    <>
      <CodeBlock label={text.facts.target} text={`${request.method} ${request.url}`} />
      <BodyView body={request.body} base64={request.body_base64} />
      <SignaturePanel attempt={attempt} />
      <HeaderTable title={text.headers} headers={request.headers} />
    </>
  )
}
