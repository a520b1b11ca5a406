import { FlatWebhook, NestedWebhook } from '@mt-paas/server/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Field, Segmented, Switch, TextInput } from '../../ui/field.tsx'
import { LazyJsonEditor } from '../../ui/lazy-json-editor.tsx'
import { SchemaForm } from '../../ui/schema-form.tsx'
import { templates } from './message-templates.ts'
import { SendActions } from './send-actions.tsx'
import { sendText } from './send-text.ts'
import type { SentResult } from './sent-results.tsx'
import { useSender } from './use-sender.ts'
import { useSynchronisedJson } from './use-synchronised-json.ts'

const shapes = ['flat', 'nested'] as const
const schemas = { flat: FlatWebhook, nested: NestedWebhook } as const
const paths = {
  flat: '/api/tenant/webhook/auto-provision',
  nested: '/api/tenant/webhook/application-approved',
} as const
const signings = ['none', 'right', 'wrong', 'stale'] as const

interface MessageFormProps {
  readonly onSent: (results: readonly SentResult[]) => void
}

/** Sends a message of one's own making, signed rightly, wrongly, too late or not at all. */
export function MessageForm({ onSent }: MessageFormProps) {
  const text = useText(sendText)
  const words = useText(wordText)
  const api = useApi()
  const services = useQuery(api.simulator.listServices.query())
  const [shape, setShape] = useState<(typeof shapes)[number]>('flat')
  const [draft, setDraft] = useState({
    address: '',
    key: '',
    secret: '',
    signing: 'none' as (typeof signings)[number],
    retry: false,
  })
  const body = useSynchronisedJson(templates.flat)
  const { done, run } = useSender(onSent)
  const base = services.data?.services[0]?.base_url ?? 'http://127.0.0.1:10300'
  const address = draft.address || `${base}${paths[shape]}`
  const needsSecret = draft.signing === 'right' || draft.signing === 'stale'

  async function send(): Promise<readonly SentResult[]> {
    const { signing, secret, key, retry } = draft
    const { results } = await api.simulator.custom.mutate({
      webhook_url: address,
      body: body.text,
      retry,
      ...(key && { api_key: key }),
      ...(secret && signing !== 'none' && { signing_secret: secret }),
      ...((signing === 'wrong' || signing === 'stale') && { signature: signing }),
    })
    return results.map((result) => ({
      id: result.id,
      name: words.shapes.custom,
      ok: null,
      success: result.success,
      expected: [],
      status: result.status_code,
      duration: result.response_time_ms,
    }))
  }

  const input = (
    name: 'address' | 'key' | 'secret',
    label: string,
    more: { readonly hint?: string; readonly placeholder?: string },
  ) => (
    <Field key={name} label={label} hint={more.hint}>
      {(control) => (
        <TextInput
          {...control}
          className="mono"
          value={draft[name]}
          placeholder={more.placeholder}
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        />
      )}
    </Field>
  )

  return (
    <div className="stack">
      <div className="field">
        <h2 className="field-label">{text.template}</h2>
        <Segmented
          label={text.template}
          value={shape}
          choices={shapes.map((value) => ({ value, label: words.shapes[value] }))}
          onChoose={(value) => {
            setShape(value)
            body.setValue(templates[value])
          }}
        />
      </div>
      {input('address', text.address, { placeholder: `${base}${paths[shape]}` })}
      {input('key', text.key, { placeholder: 'mt_dev_key_12345' })}
      <div className="field">
        <h2 className="field-label">{text.signing}</h2>
        <Segmented
          label={text.signing}
          value={draft.signing}
          choices={signings.map((value) => ({ value, label: text.signings[value] }))}
          onChoose={(signing) => setDraft({ ...draft, signing })}
        />
      </div>
      {draft.signing !== 'none' && input('secret', text.secret, { hint: text.secretHint, placeholder: 'whsec_…' })}
      <p className="muted">{body.isBroken ? text.badJson : text.formNote}</p>
      <fieldset className="form-grid" disabled={body.isBroken}>
        <legend className="visually-hidden">{text.form}</legend>
        <SchemaForm key={shape} schema={schemas[shape]} value={body.value} onChange={body.setValue} />
      </fieldset>
      <div className="field">
        <h2 className="field-label">{text.body}</h2>
        <LazyJsonEditor label={text.body} value={body.text} onChange={body.setText} />
      </div>
      <Switch label={text.retry} isOn={draft.retry} onSwitch={(retry) => setDraft({ ...draft, retry })} />
      <SendActions
        done={done}
        isDisabled={needsSecret && draft.secret === ''}
        file={{ name: 'message', content: { ...draft, address, shape, body: body.text } }}
        onLoad={(content) => {
          if (typeof content.body !== 'string' || typeof content.address !== 'string') return false
          body.setText(content.body)
          const { key, signing } = content
          setDraft({
            ...draft,
            address: content.address,
            key: typeof key === 'string' ? key : '',
            signing: signings.find((one) => one === signing) ?? 'none',
            retry: content.retry === true,
          })
          return true
        }}
        onSend={(times) => void run(times, send)}
      />
    </div>
  )
}
