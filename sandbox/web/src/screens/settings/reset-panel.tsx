import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Panel } from '../../ui/panel.tsx'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { settingsText } from './settings-text.ts'

/** Forgets all but the services, after asking. */
export function ResetPanel() {
  const text = useText(settingsText)
  const action = useText(actionText)
  const states = useText(stateText)
  const toast = useToast()
  const queryClient = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  const reset = useMutation({
    ...useApi().simulator.reset.mutation(),
    onSuccess() {
      toast({ tone: 'good', title: text.resetDone })
      return queryClient.invalidateQueries()
    },
    onError: (error) => toast({ tone: 'bad', title: text.resetFailed, detail: errorMessage(error, states.offline) }),
    onSettled: close,
  })
  return (
    <Panel title={text.reset} note={text.resetNote}>
      <Button kind="danger" icon="trash" onClick={() => setIsOpen(true)}>
        {text.resetButton}
      </Button>
      <Dialog
        title={text.reset}
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onClick={close}>{action.cancel}</Button>
            <Button kind="danger" busy={reset.isPending} onClick={() => reset.mutate()}>
              {text.resetButton}
            </Button>
          </>
        }
      >
        <p>{text.resetQuestion}</p>
      </Dialog>
    </Panel>
  )
}
