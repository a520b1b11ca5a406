import { useRef, useState } from 'react'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { saveFile } from '../../ui/save-file.ts'
import type { JsonObject } from '../../ui/schema-form.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { sendText } from './send-text.ts'
import { objectOf } from './use-synchronised-json.ts'

const MOST = 1_000

interface SendActionsProps {
  /** How many are sent; undefined while nothing is. */
  readonly done: number | undefined
  readonly isDisabled: boolean
  /** What is saved. */
  readonly file: { readonly name: string; readonly content: JsonObject }
  /** Takes what was saved; false when it is something else. */
  readonly onLoad: (content: JsonObject) => boolean
  readonly onSend: (times: number) => void
}

/** Sends, saves and opens what a form says. */
export function SendActions({ done, isDisabled, file, onLoad, onSend }: SendActionsProps) {
  const text = useText(sendText)
  const toast = useToast()
  const [times, setTimes] = useState(1)
  const input = useRef<HTMLInputElement>(null)
  async function load(chosen: File | undefined): Promise<void> {
    const content = chosen && objectOf(await chosen.text())
    if (chosen && !(content && onLoad(content))) toast({ tone: 'bad', title: text.badFile, detail: chosen.name })
  }
  return (
    <div className="send-actions">
      <Field label={text.times}>
        {(control) => (
          <TextInput
            {...control}
            type="number"
            min={1}
            max={MOST}
            value={times}
            onChange={(event) => setTimes(Math.min(MOST, Math.max(1, Math.trunc(Number(event.target.value)) || 1)))}
          />
        )}
      </Field>
      <Button kind="primary" icon="send" busy={done !== undefined} disabled={isDisabled} onClick={() => onSend(times)}>
        {done !== undefined && times > 1 ? text.sending(done + 1, times) : text.send}
      </Button>
      <Button
        icon="download"
        onClick={() =>
          saveFile(`${file.name}.scenario.json`, `${JSON.stringify(file.content, null, 2)}\n`, 'application/json')
        }
      >
        {text.save}
      </Button>
      <Button kind="quiet" onClick={() => input.current?.click()}>
        {text.load}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept="application/json,.json"
        aria-label={text.load}
        onChange={(event) => {
          void load(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}
