import { type UseMutationOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { servicesText } from './services-text.ts'

/** The keys of a service and the three steps of changing them without a gap. */
export function KeysPanel({ service }: { readonly service: Outputs['market']['getService'] }) {
  const text = useText(servicesText).keys
  const { market } = useApi()
  const toast = useToast()
  const [shown, setShown] = useState<string | null>(null)
  const { slug, api_key_hint, next_api_key_hint } = service
  const prepare = useKeyStep(market.prepareKey.mutation(), ({ next_api_key }) => setShown(next_api_key))
  const activate = useKeyStep(market.activateKey.mutation(), () => toast({ tone: 'good', title: text.activated }))
  const drop = useKeyStep(market.dropKey.mutation(), () => toast({ tone: 'good', title: text.dropped }))
  const isPrepared = next_api_key_hint !== null
  return (
    <Panel title={text.title} note={text.note}>
      <div className="stack">
        <FactList
          facts={[
            { name: text.present, value: <span className="mono">{api_key_hint}</span> },
            {
              name: text.next,
              value: isPrepared ? (
                <span className="mono">{next_api_key_hint}</span>
              ) : (
                <span className="muted">{text.noNext}</span>
              ),
            },
          ]}
        />
        <div className="row">
          <Button
            icon="key"
            kind={isPrepared ? 'plain' : 'primary'}
            busy={prepare.isPending}
            onClick={() => prepare.mutate({ slug })}
          >
            {text.prepare}
          </Button>
          {isPrepared && (
            <>
              <Button icon="check" kind="primary" busy={activate.isPending} onClick={() => activate.mutate({ slug })}>
                {text.activate}
              </Button>
              <Button kind="danger" busy={drop.isPending} onClick={() => drop.mutate({ slug })}>
                {text.drop}
              </Button>
            </>
          )}
        </div>
      </div>
      <Dialog
        title={text.shown}
        isOpen={shown !== null}
        onClose={() => setShown(null)}
        actions={
          <Button kind="primary" onClick={() => setShown(null)}>
            {text.done}
          </Button>
        }
      >
        <div className="stack">
          <p>{text.shownNote}</p>
          <CodeBlock label={text.shown} text={shown ?? ''} />
        </div>
      </Dialog>
    </Panel>
  )
}

function useKeyStep<TOutput, TInput>(
  step: UseMutationOptions<TOutput, Error, TInput>,
  onDone: (output: TOutput) => void,
) {
  const text = useText(servicesText).keys
  const { offline } = useText(stateText)
  const toast = useToast()
  const queryClient = useQueryClient()
  return useMutation({
    ...step,
    onSuccess: onDone,
    onError: (error) => toast({ tone: 'bad', title: text.failed, detail: errorMessage(error, offline) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['market'] }),
  })
}
