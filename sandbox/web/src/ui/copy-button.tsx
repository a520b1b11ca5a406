import { useState } from 'react'
import { useText } from '../text/use-text.ts'
import { actionText } from './action-text.ts'
import { IconButton } from './button.tsx'

/** Copies a text, and says so. */
export function CopyButton({ value, label }: { readonly value: string; readonly label?: string }) {
  const text = useText(actionText)
  const [isCopied, setIsCopied] = useState(false)
  return (
    <IconButton
      icon={isCopied ? 'check' : 'copy'}
      label={isCopied ? text.copied : (label ?? text.copy)}
      onClick={() => {
        void navigator.clipboard.writeText(value).then(() => {
          setIsCopied(true)
          setTimeout(() => setIsCopied(false), 1_500)
        })
      }}
    />
  )
}
