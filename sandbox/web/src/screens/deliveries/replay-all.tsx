import { useState } from 'react'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { deliveriesText } from './deliveries-text.ts'
import type { DeliveryFilter } from './delivery-log.ts'
import { useReplay } from './use-replay.ts'

const MOST = 10_000

interface ReplayAllProps {
  readonly filter: DeliveryFilter
  readonly total: number
}

/** Sends everything again that the filter lets through, after asking. */
export function ReplayAll({ filter, total }: ReplayAllProps) {
  const text = useText(deliveriesText)
  const action = useText(actionText)
  const format = useFormat()
  const [isOpen, setIsOpen] = useState(false)
  const replay = useReplay()
  const close = () => setIsOpen(false)
  return (
    <>
      <Button icon="retry" disabled={total === 0} onClick={() => setIsOpen(true)}>
        {text.replayAll}
      </Button>
      <Dialog
        title={text.replayTitle}
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onClick={close}>{action.cancel}</Button>
            <Button
              kind="primary"
              busy={replay.isPending}
              onClick={() => replay.mutate({ filter, limit: MOST }, { onSettled: close })}
            >
              {text.replayAll}
            </Button>
          </>
        }
      >
        <p>{text.replayQuestion(format.number(Math.min(total, MOST)))}</p>
      </Dialog>
    </>
  )
}
