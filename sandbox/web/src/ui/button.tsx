import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'wouter'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

/** How much a button calls for attention. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

interface Look {
  /** @default 'plain' */
  readonly kind?: ButtonKind
  /** @default none */
  readonly icon?: IconName
  /** @default 'm' */
  readonly size?: 's' | 'm'
  readonly children?: ReactNode
}

interface ButtonProps extends Look, Omit<ComponentProps<'button'>, 'children'> {
  /** Shows that it is at work; it cannot be pressed meanwhile. @default false */
  readonly busy?: boolean
}

/** A button. */
export function Button({ kind = 'plain', icon, size = 'm', busy = false, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames('button', `button-${kind}`, size === 's' && 'button-s', className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName
  /** What it does, for people who do not see the icon, and as its tooltip. */
  readonly label: string
}

/** A button that is only an icon. */
export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className={classNames('icon-button', className)} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({ to, kind = 'plain', icon, size = 'm', children }: Look & { readonly to: string }) {
  return (
    <Link href={to} className={classNames('button', `button-${kind}`, size === 's' && 'button-s')}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}
