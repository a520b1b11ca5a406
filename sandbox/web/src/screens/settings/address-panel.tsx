import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useToldMutation } from '../../ui/use-told-mutation.ts'
import { settingsText } from './settings-text.ts'

/** Makes an address that lets the operator in from another browser, once. */
export function AddressPanel() {
  const text = useText(settingsText)
  const [url, setUrl] = useState<string>()
  const open = useToldMutation(useApi().session.openAddress.mutation(), {
    done: () => undefined,
    failed: text.addressFailed,
    after: (made) => setUrl(made.url),
  })
  return (
    <Panel title={text.address} note={text.addressNote}>
      <div className="stack">
        <div>
          <Button icon="external" busy={open.isPending} onClick={() => open.mutate()}>
            {text.addressButton}
          </Button>
        </div>
        {url !== undefined && <CodeBlock label={text.address} text={url} />}
      </div>
    </Panel>
  )
}
