import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { actionText } from './action-text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmDialogProps {
  readonly title: string
  /** What the button says that does it. */
  readonly confirm: string
  readonly isOpen: boolean
  /** @default false */
  readonly isBusy?: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  /** What will happen. */
  readonly children: ReactNode
}

/** Asks before something is done that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, confirm, isOpen, isBusy = false, onClose, onConfirm, children } = props
  const { cancel } = useText(actionText)
  const actions = (
    <>
      <Button onClick={onClose}>{cancel}</Button>
      <Button kind="danger" busy={isBusy} onClick={onConfirm}>
        {confirm}
      </Button>
    </>
  )
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} actions={actions}>
      {children}
    </Dialog>
  )
}
