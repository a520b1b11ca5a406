import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { actionText } from './action-text.ts'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'

/** A short message about what just happened. */
export interface Toast {
  readonly tone: 'good' | 'bad'
  readonly title: string
  /** @default none */
  readonly detail?: string
}

const ToastContext = createContext<((toast: Toast) => void) | null>(null)
const SHOWN_FOR = 6_000

/** Shows toasts to readers and tells them to screen readers. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const text = useText(actionText)
  const [toasts, setToasts] = useState<readonly (Toast & { readonly id: number })[]>([])
  const count = useRef(0)
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((one) => one.id !== id)), [])
  const show = useCallback(
    (toast: Toast) => {
      count.current += 1
      const id = count.current
      setToasts((all) => [...all.slice(-3), { ...toast, id }])
      // What went wrong stays until it was read.
      if (toast.tone === 'good') setTimeout(() => dismiss(id), SHOWN_FOR)
    },
    [dismiss],
  )
  const value = useMemo(() => show, [show])
  return (
    <ToastContext value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, tone, title, detail }) => (
          <div key={id} className={`toast toast-${tone}`}>
            <Icon name={tone === 'good' ? 'check' : 'faults'} />
            <div>
              <p className="toast-title">{title}</p>
              {detail && <p className="muted">{detail}</p>}
            </div>
            <IconButton icon="close" label={text.dismiss} onClick={() => dismiss(id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  )
}

/** Shows a toast. */
export function useToast(): (toast: Toast) => void {
  const show = useContext(ToastContext)
  if (!show) throw new Error('No toasts around this component')
  return show
}
