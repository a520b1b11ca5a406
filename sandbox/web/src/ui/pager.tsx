import { defineText } from '../text/define-text.ts'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'

interface PagerProps {
  /** Rows passed over. */
  readonly offset: number
  /** Rows a page. */
  readonly limit: number
  readonly total: number
  readonly onMove: (offset: number) => void
}

const pagerText = defineText({
  en: {
    previous: 'Previous page',
    next: 'Next page',
    shown: (from: string, to: string, total: string) => `${from}–${to} of ${total}`,
  },
  ko: {
    previous: '이전 페이지',
    next: '다음 페이지',
    shown: (from: string, to: string, total: string) => `${total}개 중 ${from}–${to}`,
  },
})

/** Leads through the pages of a list; nothing when all of it is on one. */
export function Pager({ offset, limit, total, onMove }: PagerProps) {
  const text = useText(pagerText)
  const format = useFormat()
  if (total <= limit && offset === 0) return null
  const last = Math.min(offset + limit, total)
  return (
    <div className="pager">
      <span className="muted" role="status">
        {text.shown(format.number(Math.min(offset + 1, last)), format.number(last), format.number(total))}
      </span>
      <IconButton
        icon="left"
        label={text.previous}
        disabled={offset === 0}
        onClick={() => onMove(Math.max(0, offset - limit))}
      />
      <IconButton icon="right" label={text.next} disabled={last >= total} onClick={() => onMove(offset + limit)} />
    </div>
  )
}
