import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useText } from '../text/use-text.ts'
import { actionText } from './action-text.ts'
import { IconButton } from './button.tsx'

interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Buttons at its foot. @default none */
  readonly actions?: ReactNode
  /** From the side in place of the middle. @default false */
  readonly side?: boolean
  readonly children: ReactNode
}

/** A native modal dialog: the browser keeps focus in it, and Escape closes it. */
export function Dialog({ title, isOpen, onClose, actions, side = false, children }: DialogProps) {
  const text = useText(actionText)
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || dialog.open === isOpen) return
    if (isOpen) dialog.showModal()
    else dialog.close()
  }, [isOpen])
  return (
    <dialog
      ref={ref}
      className={side ? 'dialog dialog-side' : 'dialog'}
      aria-labelledby={id}
      onClose={onClose}
      closedby="any"
    >
      {isOpen && (
        <>
          <header className="dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="close" label={text.close} onClick={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {actions && <footer className="dialog-foot">{actions}</footer>}
        </>
      )}
    </dialog>
  )
}
