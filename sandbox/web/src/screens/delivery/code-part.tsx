import { useText } from '../../text/use-text.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Panel } from '../../ui/panel.tsx'
import { asCommands, asCurl, asTest } from './as-code.ts'
import type { AttemptView, DeliveryView } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'

interface CodePartProps {
  readonly delivery: DeliveryView
  readonly attempt: AttemptView
}

/** The same delivery as something to paste elsewhere. */
export function CodePart({ delivery, attempt }: CodePartProps) {
  const text = useText(deliveryText).code
  return (
    <>
      <Panel title={text.curl} note={text.curlHint}>
        <CodeBlock label={text.curl} text={asCurl(attempt)} />
      </Panel>
      <Panel title={text.cli} note={text.cliHint}>
        <CodeBlock label={text.cli} text={asCommands(delivery, attempt)} />
      </Panel>
      <Panel title={text.test} note={text.testHint}>
        <CodeBlock label={text.test} text={asTest(delivery, attempt)} />
      </Panel>
    </>
  )
}
