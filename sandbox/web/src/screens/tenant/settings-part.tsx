import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { FormFrame } from '../../form/form-frame.tsx'
import { useForm } from '../../form/use-form.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Field, Switch, TextInput } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { brandingNames, limitNames, SettingsChange, settingsChange, settingsDraft } from './settings-draft.ts'
import { settingsText } from './settings-text.ts'
import type { TenantPartProps } from './tenant.ts'

type Settings = Outputs['tenant']['getSettings']

/** What a tenant may use, how much of it, and how it looks. */
export function SettingsPart({ tenant }: TenantPartProps) {
  const query = useQuery(useApi().tenant.getSettings.query(tenant))
  return (
    <Loaded query={query} height={480}>
      {(settings) => (
        <div className="stack">
          <SettingsForm tenant={tenant} settings={settings} />
          <SubscriptionPanel subscription={settings.subscription} />
        </div>
      )}
    </Loaded>
  )
}

function SettingsForm({ tenant, settings }: TenantPartProps & { readonly settings: Settings }) {
  const text = useText(settingsText)
  const { save } = useText(actionText)
  const { tenant: api } = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const before = settingsDraft(settings)
  const form = useForm({
    schema: SettingsChange,
    initial: before,
    toInput: (draft) => settingsChange(before, draft),
    async submit(change) {
      const saved = await api.updateSettings.mutate({ ...tenant, ...change })
      queryClient.setQueryData(api.getSettings.query(tenant).queryKey, saved)
      form.reset(settingsDraft(saved))
      toast({ tone: 'good', title: text.saved })
    },
  })
  const { draft, change, problems } = form
  const features: Readonly<Record<string, string>> = text.featureNames
  return (
    <FormFrame form={form}>
      <div className="grid-2">
        <Panel title={text.features} note={text.featuresNote}>
          <ul className="switches">
            {Object.entries(draft.features).map(([name, isOn]) => (
              <li key={name}>
                <Switch
                  label={features[name] ?? name}
                  isOn={isOn}
                  onSwitch={(next) => change({ features: { ...draft.features, [name]: next } })}
                />
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={text.limits}>
          <div className="form-pair">
            {limitNames.map((name) => (
              <Field key={name} label={text.limitNames[name]} error={problems[`limits.${name}`]}>
                {(control) => (
                  <TextInput
                    {...control}
                    inputMode="numeric"
                    value={draft.limits[name]}
                    onChange={({ target }) => change({ limits: { ...draft.limits, [name]: target.value } })}
                  />
                )}
              </Field>
            ))}
          </div>
        </Panel>
      </div>
      <Panel title={text.branding} note={text.empty}>
        <div className="form-pair">
          {brandingNames.map((name) => (
            <Field key={name} label={text.brandingNames[name]} optional error={problems[`branding.${name}`]}>
              {(control) => (
                <TextInput
                  {...control}
                  value={draft.branding[name]}
                  onChange={({ target }) => change({ branding: { ...draft.branding, [name]: target.value } })}
                />
              )}
            </Field>
          ))}
        </div>
      </Panel>
      <div className="row row-end">
        <span className="muted">{!form.isChanged && text.nothing}</span>
        <Button disabled={!form.isChanged} onClick={() => form.reset(before)}>
          {text.undo}
        </Button>
        <Button kind="primary" type="submit" disabled={!form.isChanged} busy={form.isBusy}>
          {save}
        </Button>
      </div>
    </FormFrame>
  )
}

function SubscriptionPanel({ subscription }: Pick<Settings, 'subscription'>) {
  const text = useText(settingsText)
  const { yes, no } = useText(actionText)
  const format = useFormat()
  const { plan, start_date, end_date, auto_renew } = subscription
  return (
    <Panel title={text.subscription}>
      <FactList
        facts={[
          { name: text.plan, value: plan },
          { name: text.start, value: format.date(start_date) },
          { name: text.end, value: end_date === null ? text.open : format.date(end_date) },
          { name: text.renew, value: auto_renew ? yes : no },
        ]}
      />
    </Panel>
  )
}
