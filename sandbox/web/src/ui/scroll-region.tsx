import type { CSSProperties, ReactNode, Ref } from 'react'

interface ScrollRegionProps {
  /** What it holds. */
  readonly label: string
  readonly className: string
  /** @default none */
  readonly style?: CSSProperties
  /** @default none */
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}

/** A part that scrolls by itself, which the keyboard can do, too. */
export function ScrollRegion({ label, children, ...rest }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard
    <section {...rest} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
