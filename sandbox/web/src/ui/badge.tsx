import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** What a badge says by its colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'accent' | 'idle'

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  bad: 'cross',
  warn: 'clock',
  accent: 'right',
  idle: 'dash',
}

interface BadgeProps {
  readonly tone: Tone
  /** @default the tone's */
  readonly icon?: IconName
  readonly children: ReactNode
}

/** A word with a colour and an icon, so that the colour is never alone. */
export function Badge({ tone, icon = icons[tone], children }: BadgeProps) {
  return (
    <span className={`badge badge-${tone}`}>
      <Icon name={icon} size={12} />
      {children}
    </span>
  )
}
