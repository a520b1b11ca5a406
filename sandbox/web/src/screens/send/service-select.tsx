import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { useToldMutation } from '../../ui/use-told-mutation.ts'
import { sendText } from './send-text.ts'

interface ServiceSelectProps {
  /** Slug; what is no slug chooses the first one. */
  readonly value: unknown
  readonly onChoose: (slug: string) => void
}

/** Chooses the service that is sent to, and adds one that is not there yet. */
export function ServiceSelect({ value, onChoose }: ServiceSelectProps) {
  const text = useText(sendText)
  const { simulator } = useApi()
  const queryClient = useQueryClient()
  const services = useQuery(simulator.listServices.query())
  const slugs = services.data?.services.map(({ slug }) => slug) ?? []
  const [draft, setDraft] = useState({ slug: '', address: 'http://127.0.0.1:' })
  const add = useToldMutation(simulator.saveService.mutation(), {
    done: ({ slug }) => text.serviceAdded(slug),
    failed: text.addFailed,
    async after({ slug }) {
      await queryClient.invalidateQueries({ queryKey: simulator.listServices.key() })
      onChoose(slug)
    },
  })
  return (
    <>
      <Field label={text.service}>
        {(control) => (
          <Select
            {...control}
            value={typeof value === 'string' ? value : (slugs[0] ?? '')}
            choices={slugs.map((slug) => ({ value: slug, label: slug }))}
            onChoose={onChoose}
          />
        )}
      </Field>
      <details className="form-more" open={services.isSuccess && slugs.length === 0 ? true : undefined}>
        <summary>{text.addService}</summary>
        <p className="muted">{text.addServiceNote}</p>
        <div className="form-pair">
          <Field label={text.slug}>
            {(control) => (
              <TextInput
                {...control}
                value={draft.slug}
                onChange={({ target }) => setDraft({ ...draft, slug: target.value })}
              />
            )}
          </Field>
          <Field label={text.address}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="url"
                value={draft.address}
                onChange={({ target }) => setDraft({ ...draft, address: target.value })}
              />
            )}
          </Field>
        </div>
        <Button
          icon="plus"
          busy={add.isPending}
          disabled={draft.slug.trim() === ''}
          onClick={() => add.mutate({ slug: draft.slug.trim(), base_url: draft.address.trim() })}
        >
          {text.add}
        </Button>
      </details>
    </>
  )
}
