import type { ReactNode } from 'react'

/** A fact and its name. */
export interface Fact {
  readonly name: string
  readonly value: ReactNode
}

/** Facts under each other, or side by side where there is room. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
