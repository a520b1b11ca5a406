import type { Form } from '../../form/use-form.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import type { ServiceDraft } from './service-draft.ts'
import { servicesText } from './services-text.ts'

interface ServiceFieldsProps {
  readonly form: Form<ServiceDraft>
  /** Whether the service is there already: its slug stays, and so do secrets that are left empty. */
  readonly isKnown: boolean
}

type TextName = Exclude<keyof ServiceDraft, 'protocol' | 'shape' | 'plans'>

/** The fields of a service, with what its schema has against them. */
export function ServiceFields({ form, isKnown }: ServiceFieldsProps) {
  const text = useText(servicesText)
  const shapes = useText(wordText).shapes
  const { draft, change, problems } = form
  const input = (name: TextName, more: Partial<Parameters<typeof TextInput>[0]> = {}) => ({
    value: draft[name],
    onChange: (event: { readonly target: HTMLInputElement }) => change({ [name]: event.target.value }),
    ...more,
  })
  const plansProblem = Object.entries(problems).find(([path]) => path === 'plans' || path.startsWith('plans.'))
  return (
    <>
      <div className="form-pair">
        <Field label={text.facts.slug} hint={isKnown ? undefined : text.form.slugHint} error={problems.slug}>
          {(control) => <TextInput {...control} {...input('slug', { disabled: isKnown, required: true })} />}
        </Field>
        <Field label={text.facts.address} hint={text.form.addressHint} error={problems.base_url}>
          {(control) => <TextInput {...control} {...input('base_url', { inputMode: 'url', required: true })} />}
        </Field>
        <Field label={text.form.titleKo} optional error={problems['title.ko']}>
          {(control) => <TextInput {...control} {...input('titleKo', { lang: 'ko' })} />}
        </Field>
        <Field label={text.form.titleEn} optional error={problems['title.en']}>
          {(control) => <TextInput {...control} {...input('titleEn', { lang: 'en' })} />}
        </Field>
        <Field label={text.form.descriptionKo} optional error={problems['description.ko']}>
          {(control) => <TextInput {...control} {...input('descriptionKo', { lang: 'ko' })} />}
        </Field>
        <Field label={text.form.descriptionEn} optional error={problems['description.en']}>
          {(control) => <TextInput {...control} {...input('descriptionEn', { lang: 'en' })} />}
        </Field>
        <Field label={text.facts.shape} error={problems.shape}>
          {(control) => (
            <Select
              {...control}
              value={draft.shape}
              choices={(['flat', 'nested', 'standard'] as const).map((value) => ({ value, label: shapes[value] }))}
              onChoose={(shape) => change({ shape })}
            />
          )}
        </Field>
        <Field label={text.facts.protocol} error={problems.protocol}>
          {(control) => (
            <Select
              {...control}
              value={draft.protocol}
              choices={(['auto', 'trpc', 'rest'] as const).map((value) => ({ value, label: text.protocols[value] }))}
              onChoose={(protocol) => change({ protocol })}
            />
          )}
        </Field>
        <Field label={text.facts.prefix} error={problems.prefix}>
          {(control) => <TextInput {...control} {...input('prefix')} />}
        </Field>
        <Field
          label={text.form.key}
          optional
          hint={isKnown ? text.form.keyKeep : text.form.keyHint}
          error={problems.api_key}
        >
          {(control) => <TextInput {...control} {...input('api_key')} />}
        </Field>
      </div>
      <details className="form-more">
        <summary>{text.form.more}</summary>
        <div className="form-pair">
          <Field label={text.form.signing} optional hint={text.form.signingHint} error={problems.signing_secret}>
            {(control) => <TextInput {...control} {...input('signing_secret')} />}
          </Field>
          <Field label={text.form.callbackKey} optional hint={text.form.callbackKeyHint} error={problems.service_key}>
            {(control) => <TextInput {...control} {...input('service_key')} />}
          </Field>
        </div>
        <Field
          label={text.form.plansJson}
          optional
          hint={text.form.plansHint}
          error={plansProblem && `${plansProblem[0]}: ${plansProblem[1]}`}
        >
          {(control) => (
            <textarea
              {...control}
              className="input mono"
              rows={10}
              spellCheck={false}
              value={draft.plans}
              onChange={(event) => change({ plans: event.target.value })}
            />
          )}
        </Field>
      </details>
    </>
  )
}
