import { useState } from 'react'
import { Link } from 'wouter'
import { ApplicationInput } from '../../../../src/engine/application-input.ts'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/field.tsx'
import { useToldMutation } from '../../ui/use-told-mutation.ts'
import { ApplicationFields } from './application-fields.tsx'
import { sendText } from './send-text.ts'
import type { SentResult } from './sent-results.tsx'
import { useSynchronisedJson } from './use-synchronised-json.ts'

const kinds = ['demo', 'service'] as const

interface ApplicationFormProps {
  readonly onSent: (results: readonly SentResult[]) => void
}

/** Makes an application past the market: sent at once, or kept until somebody sends it. */
export function ApplicationForm({ onSent }: ApplicationFormProps) {
  const text = useText(sendText)
  const words = useText(wordText)
  const { simulator } = useApi()
  const input = useSynchronisedJson({})
  const [kind, setKind] = useState<(typeof kinds)[number]>('demo')
  const [noted, setNoted] = useState<number>()
  const told = {
    done: ({ id }: { readonly id: number }) => text.noted(String(id)),
    failed: text.failed,
    after: ({ id }: { readonly id: number }) => setNoted(id),
  }
  // What does not fit is said as a refusal of the server is.
  const written = async () => ApplicationInput.parse(input.value)
  const apply = kind === 'demo' ? simulator.applyForDemo : simulator.applyForService
  const note = useToldMutation({ mutationFn: async () => apply.mutate(await written()) }, told)
  const send = async () => simulator.provision.mutate({ ...(await written()), kind })
  const provision = useToldMutation(
    { mutationFn: send },
    {
      done: () => undefined,
      failed: text.failed,
      after({ application, result }) {
        setNoted(application.id)
        onSent([
          {
            id: result.id,
            name: words.kinds[application.kind],
            ok: null,
            success: result.success,
            expected: [],
            status: result.status_code,
            duration: result.response_time_ms,
          },
        ])
      },
    },
  )

  return (
    <div className="stack">
      <p className="muted">{text.applicationNote}</p>
      <Segmented
        label={text.kind}
        value={kind}
        choices={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        onChoose={setKind}
      />
      <ApplicationFields input={input} />
      <div className="send-actions">
        <Button
          kind="primary"
          icon="send"
          busy={provision.isPending}
          disabled={input.isBroken}
          onClick={() => provision.mutate()}
        >
          {text.provision}
        </Button>
        <Button busy={note.isPending} disabled={input.isBroken} onClick={() => note.mutate()}>
          {text.onlyNote}
        </Button>
        {noted !== undefined && (
          <p role="status">
            {text.noted(String(noted))} · <Link href={`/applications/${noted}`}>{text.open}</Link>
          </p>
        )}
      </div>
    </div>
  )
}
