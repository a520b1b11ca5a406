import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useLocation } from 'wouter'
import { z } from 'zod'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { FormFrame } from '../../form/form-frame.tsx'
import { useForm } from '../../form/use-form.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { conformanceText } from './conformance-text.ts'
import type { Run } from './run-badge.tsx'

interface StartDialogProps {
  readonly services: Outputs['market']['listServices']['services']
  readonly runs: readonly Run[]
  /** Slug of the one that is meant. @default the first */
  readonly service: string | undefined
  readonly onClose: () => void
}

const Words = z.array(z.string().min(1)).min(1).optional()
const RunRequest = z.object({
  service: z.string().min(1),
  level: z.enum(['MUST', 'SHOULD']),
  only: Words,
  skip: Words,
  seed: z.string().min(1).max(200).optional(),
  read_tenant: z.string().min(1).optional(),
  baseline_run: z.number().optional(),
})

interface Draft {
  readonly service: string
  readonly level: 'MUST' | 'SHOULD'
  readonly areas: readonly string[]
  readonly skip: string
  readonly seed: string
  readonly tenant: string
  readonly baseline: string
}

function requestOf({ service, level, areas, skip, seed, tenant, baseline }: Draft): unknown {
  const words = skip
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
  return {
    service,
    level,
    ...(areas.length > 0 && { only: areas }),
    ...(words.length > 0 && { skip: words }),
    ...(seed !== '' && { seed }),
    ...(tenant !== '' && { read_tenant: tenant }),
    ...(baseline !== '' && { baseline_run: Number(baseline) }),
  }
}

/** Starts a run. */
export function StartDialog({ services, runs, service, onClose }: StartDialogProps) {
  const text = useText(conformanceText)
  const { cancel } = useText(actionText)
  const { conformance } = useApi()
  const language = usePreference('language')
  const queryClient = useQueryClient()
  const [, navigate] = useLocation()
  const id = useId()
  const meant = services.find(({ slug }) => slug === service) ?? services[0]
  const initial: Draft = {
    service: meant?.slug ?? '',
    level: 'MUST',
    areas: [],
    skip: '',
    seed: '',
    tenant: '',
    baseline: '',
  }
  const form = useForm({
    schema: RunRequest,
    initial,
    toInput: requestOf,
    async submit(request) {
      const run = await conformance.start.mutate(request)
      await queryClient.invalidateQueries({ queryKey: conformance.listRuns.key() })
      navigate(`/conformance/runs/${run.id}`)
    },
  })
  const { draft, change, problems } = form
  const actions = (
    <>
      <Button onClick={onClose}>{cancel}</Button>
      <Button kind="primary" type="submit" form={id} icon="play" busy={form.isBusy}>
        {text.form.go}
      </Button>
    </>
  )
  return (
    <Dialog title={text.start} isOpen onClose={onClose} actions={actions}>
      <FormFrame form={form} id={id}>
        <div className="form-pair">
          <Field label={text.form.service} error={problems.service}>
            {(control) => (
              <Select
                {...control}
                value={draft.service}
                choices={services.map(({ slug, title }) => ({ value: slug, label: title[language] }))}
                onChoose={(slug) => change({ service: slug, baseline: '' })}
              />
            )}
          </Field>
          <Field label={text.form.level} error={problems.level}>
            {(control) => (
              <Select
                {...control}
                value={draft.level}
                choices={(['MUST', 'SHOULD'] as const).map((value) => ({ value, label: text.form.levels[value] }))}
                onChoose={(level) => change({ level })}
              />
            )}
          </Field>
        </div>
        <details className="form-more">
          <summary>{text.form.more}</summary>
          <div className="stack">
            <AreaChoice chosen={draft.areas} onChange={(areas) => change({ areas })} />
            <div className="form-pair">
              <Field label={text.form.skip} optional hint={text.form.skipHint} error={problems.skip}>
                {(control) => (
                  <TextInput
                    {...control}
                    value={draft.skip}
                    onChange={({ target }) => change({ skip: target.value })}
                  />
                )}
              </Field>
              <Field label={text.form.seed} optional hint={text.form.seedHint} error={problems.seed}>
                {(control) => (
                  <TextInput
                    {...control}
                    value={draft.seed}
                    onChange={({ target }) => change({ seed: target.value })}
                  />
                )}
              </Field>
              <Field label={text.form.tenant} optional hint={text.form.tenantHint} error={problems.read_tenant}>
                {(control) => (
                  <TextInput
                    {...control}
                    value={draft.tenant}
                    onChange={({ target }) => change({ tenant: target.value })}
                  />
                )}
              </Field>
              <BaselineField
                runs={runs.filter((run) => run.service === draft.service && run.state !== 'running')}
                value={draft.baseline}
                onChoose={(baseline) => change({ baseline })}
              />
            </div>
          </div>
        </details>
      </FormFrame>
    </Dialog>
  )
}

interface BaselineFieldProps {
  readonly runs: readonly Run[]
  readonly value: string
  readonly onChoose: (id: string) => void
}

function BaselineField({ runs, value, onChoose }: BaselineFieldProps) {
  const text = useText(conformanceText).form
  const format = useFormat()
  const choices = runs.map(({ id, started_at }) => ({
    value: String(id),
    label: `${id} (${format.dateTime(started_at)})`,
  }))
  return (
    <Field label={text.baseline}>
      {(control) => (
        <Select
          {...control}
          value={value}
          choices={[{ value: '', label: text.noBaseline }, ...choices]}
          onChoose={onChoose}
        />
      )}
    </Field>
  )
}

interface AreaChoiceProps {
  readonly chosen: readonly string[]
  readonly onChange: (areas: readonly string[]) => void
}

function AreaChoice({ chosen, onChange }: AreaChoiceProps) {
  const text = useText(conformanceText).form
  const { data } = useQuery({
    ...useApi().conformance.listChecks.query(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const areas = [...new Set((data?.checks ?? []).map(({ area }) => area))]
  return (
    <fieldset className="area-choice">
      <legend className="field-label">
        {text.areas} <span className="field-hint">{text.areasHint}</span>
      </legend>
      {areas.map((area) => (
        <label key={area} className="check-box">
          <input
            type="checkbox"
            checked={chosen.includes(area)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, area] : chosen.filter((one) => one !== area))
            }
          />
          <span className="mono">{area}</span>
        </label>
      ))}
    </fieldset>
  )
}
