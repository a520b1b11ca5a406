import { useState } from 'react'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { AttemptView } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'
import { type SignatureVerdict, verifySignature } from './verify-signature.ts'

const FRESH = 2_000
const PREVIEW = 400

/** The signature, taken apart; with the secret it can be checked here. */
export function SignaturePanel({ attempt }: { readonly attempt: AttemptView }) {
  const text = useText(deliveryText).signature
  const format = useFormat()
  const { headers, body } = attempt.request
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const signature = headers['webhook-signature']
  if (id === undefined || timestamp === undefined || signature === undefined) {
    return (
      <Panel title={text.title}>
        <p>{text.none}</p>
        <p className="muted">{text.noneHint}</p>
      </Panel>
    )
  }
  const signedAt = Number(timestamp) * 1_000
  const age = Math.max(0, Date.parse(attempt.started_at) - signedAt)
  const content = `${id}.${timestamp}.${body}`
  const facts = [
    { name: text.id, value: <span className="mono">{id}</span> },
    {
      name: text.timestamp,
      value: (
        <>
          <span className="mono">{timestamp}</span> · {format.dateTime(signedAt)} ·{' '}
          {age < FRESH ? text.fresh : text.ageNow(format.duration(age))}
        </>
      ),
    },
    { name: text.scheme, value: text.schemeSays },
    { name: text.value, value: <span className="mono">{signature}</span> },
  ]
  return (
    <Panel title={text.title}>
      <div className="stack">
        <FactList facts={facts} />
        <div className="field">
          <h3>{text.content}</h3>
          <p className="field-hint">{text.contentHint}</p>
          <CodeBlock label={text.content} text={content.length > PREVIEW ? `${content.slice(0, PREVIEW)}…` : content} />
        </div>
        <SecretCheck attempt={attempt} />
      </div>
    </Panel>
  )
}

function SecretCheck({ attempt }: { readonly attempt: AttemptView }) {
  const text = useText(deliveryText).signature
  const [secret, setSecret] = useState('')
  const [verdict, setVerdict] = useState<SignatureVerdict>()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void verifySignature(attempt.request, secret).then(setVerdict)
      }}
    >
      <Field label={text.check} hint={text.checkHint} error={verdict === 'no-secret' ? text.badSecret : undefined}>
        {(control) => (
          <div className="input-row">
            <TextInput
              {...control}
              type="password"
              value={secret}
              placeholder="whsec_…"
              onChange={(event) => {
                setSecret(event.target.value)
                setVerdict(undefined)
              }}
            />
            <Button type="submit">{text.verify}</Button>
          </div>
        )}
      </Field>
      <p className="verdict" role="status">
        {verdict === 'right' && <Badge tone="good">{text.right}</Badge>}
        {verdict === 'wrong' && <Badge tone="bad">{text.wrong}</Badge>}
      </p>
    </form>
  )
}
