import { ApplicationInput } from '../../../../src/engine/application-input.ts'
import { type ScenarioName, scenarioNames } from '../../../../src/engine/scenarios.ts'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { Field, Select } from '../../ui/field.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { ApplicationFields } from './application-fields.tsx'
import { SendActions } from './send-actions.tsx'
import { sendText } from './send-text.ts'
import type { SentResult } from './sent-results.tsx'
import { useSender } from './use-sender.ts'
import { useSynchronisedJson } from './use-synchronised-json.ts'

interface ScenarioFormProps {
  readonly onSent: (results: readonly SentResult[]) => void
}

/** Plays a scenario, with whatever differs from it. */
export function ScenarioForm({ onSent }: ScenarioFormProps) {
  const text = useText(sendText)
  const api = useApi()
  const [address, change] = useAddressState()
  const scenario: ScenarioName = oneOf(scenarioNames, address.get('scenario')) ?? 'demo'
  const overrides = useSynchronisedJson({})
  const { done, run } = useSender(onSent)

  async function send(): Promise<readonly SentResult[]> {
    const { steps } = await api.simulator.trigger.mutate({ ...ApplicationInput.parse(overrides.value), scenario })
    return steps.map(({ ok, expected, result }) => ({
      id: result.id,
      name: scenario,
      ok,
      success: result.success,
      expected,
      status: result.status_code,
      duration: result.response_time_ms,
    }))
  }

  return (
    <div className="stack">
      <Field label={text.scenario} hint={text.scenarios[scenario]}>
        {(control) => (
          <Select
            {...control}
            value={scenario}
            choices={scenarioNames.map((value) => ({ value, label: value }))}
            onChoose={(value) => change({ scenario: value })}
          />
        )}
      </Field>
      <ApplicationFields input={overrides} />
      <SendActions
        done={done}
        isDisabled={overrides.isBroken}
        file={{ name: scenario, content: { scenario, overrides: overrides.value } }}
        onLoad={({ scenario: name, overrides: loaded }) => {
          const known = oneOf(scenarioNames, typeof name === 'string' ? name : null)
          if (!known || typeof loaded !== 'object' || loaded === null) return false
          change({ scenario: known })
          overrides.setValue({ ...loaded })
          return true
        }}
        onSend={(times) => void run(times, send)}
      />
    </div>
  )
}
