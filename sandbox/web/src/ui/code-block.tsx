import { CopyButton } from './copy-button.tsx'
import { ScrollRegion } from './scroll-region.tsx'

interface CodeBlockProps {
  /** What it is, for people who do not see it. */
  readonly label: string
  readonly text: string
  /** Highest it grows, px. @default 420 */
  readonly maxHeight?: number
}

/** Text as it is, to read and to copy; never rendered as anything else. */
export function CodeBlock({ label, text, maxHeight = 420 }: CodeBlockProps) {
  return (
    <figure className="code">
      <ScrollRegion label={label} className="code-scroll" style={{ maxHeight }}>
        <pre>{text}</pre>
      </ScrollRegion>
      <CopyButton value={text} />
    </figure>
  )
}
