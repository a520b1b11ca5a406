import { ApplicationInput } from '../../../../src/engine/application-input.ts'
import { useText } from '../../text/use-text.ts'
import { LazyJsonEditor } from '../../ui/lazy-json-editor.tsx'
import { SchemaForm } from '../../ui/schema-form.tsx'
import { sendText } from './send-text.ts'
import { ServiceSelect } from './service-select.tsx'
import type { SynchronisedJson } from './use-synchronised-json.ts'

/** Members that the form does not offer: the service has a field of its own. */
const WITHOUT = ['service', 'application_id']

/** What an application says, as a form and as JSON. */
export function ApplicationFields({ input }: { readonly input: SynchronisedJson }) {
  const text = useText(sendText)
  return (
    <>
      <ServiceSelect value={input.value.service} onChoose={(service) => input.setValue({ ...input.value, service })} />
      <p className="muted">{input.isBroken ? text.badJson : text.formNote}</p>
      <fieldset className="form-grid" disabled={input.isBroken}>
        <legend className="visually-hidden">{text.form}</legend>
        <SchemaForm schema={ApplicationInput} value={input.value} onChange={input.setValue} without={WITHOUT} />
      </fieldset>
      <div className="field">
        <h2 className="field-label">{text.json}</h2>
        <LazyJsonEditor label={text.json} value={input.text} onChange={input.setText} />
      </div>
    </>
  )
}
