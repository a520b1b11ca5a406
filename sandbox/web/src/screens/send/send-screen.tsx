import { useState } from 'react'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { ApplicationForm } from './application-form.tsx'
import { MessageForm } from './message-form.tsx'
import { ScenarioForm } from './scenario-form.tsx'
import { sendText } from './send-text.ts'
import { type SentResult, SentResults } from './sent-results.tsx'
import './send.css'

const modes = ['scenario', 'application', 'message'] as const
const forms = { scenario: ScenarioForm, application: ApplicationForm, message: MessageForm } as const

/** Sends scenarios and messages of one's own making. */
export function SendScreen() {
  const text = useText(sendText)
  const [address, change] = useAddressState()
  const [results, setResults] = useState<readonly SentResult[]>([])
  const mode = oneOf(modes, address.get('mode')) ?? 'scenario'
  const Form = forms[mode]
  const add = (more: readonly SentResult[]) => setResults((before) => [...more.toReversed(), ...before].slice(0, 200))
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <div className="send">
        <div className="panel send-form">
          <Tabs
            label={text.what}
            tabs={modes.map((name) => ({ name, label: text.modes[name] }))}
            current={mode}
            onChoose={(name) => change({ mode: name })}
          >
            <Form onSent={add} />
          </Tabs>
        </div>
        <Panel title={text.result} flush>
          {results.length === 0 ? (
            <EmptyState icon="send" title={text.noResult} hint={text.noResultHint} />
          ) : (
            <SentResults results={results} />
          )}
        </Panel>
      </div>
    </>
  )
}
