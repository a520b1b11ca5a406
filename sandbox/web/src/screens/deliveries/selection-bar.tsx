import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx'
import { deliveriesText } from './deliveries-text.ts'
import { useReplay } from './use-replay.ts'

interface SelectionBarProps {
  readonly selected: readonly string[]
  readonly onClear: () => void
}

/** What can be done with the selected deliveries. */
export function SelectionBar({ selected, onClear }: SelectionBarProps) {
  const text = useText(deliveriesText)
  const format = useFormat()
  const replay = useReplay()
  const [left, right] = selected
  if (left === undefined) return null
  return (
    <section className="selection-bar" aria-label={text.selected(format.number(selected.length))}>
      <p role="status">{text.selected(format.number(selected.length))}</p>
      {right !== undefined && selected.length === 2 && (
        <ButtonLink icon="compare" to={`/compare?left=${encodeURIComponent(left)}&right=${encodeURIComponent(right)}`}>
          {text.compare}
        </ButtonLink>
      )}
      <Button
        kind="primary"
        icon="retry"
        busy={replay.isPending}
        onClick={() => replay.mutate({ ids: [...selected] }, { onSuccess: onClear })}
      >
        {text.replaySelected}
      </Button>
      <IconButton icon="close" label={text.unselect} onClick={onClear} />
    </section>
  )
}
