import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

interface Tab<TName extends string> {
  readonly name: TName
  readonly label: string
  /** A number beside the label. @default none */
  readonly count?: number
}

interface TabsProps<TName extends string> {
  readonly label: string
  readonly tabs: readonly Tab<TName>[]
  readonly current: TName
  readonly onChoose: (name: TName) => void
  readonly children: ReactNode
}

/** Tabs by the keyboard pattern of WAI-ARIA: arrows move, one of them is in the tab order. */
export function Tabs<TName extends string>({ label, tabs, current, onChoose, children }: TabsProps<TName>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = tabs.findIndex(({ name }) => name === current)
    const next = Number.isFinite(step) ? (at + step + tabs.length) % tabs.length : step > 0 ? tabs.length - 1 : 0
    const tab = tabs[next]
    if (!tab) return
    onChoose(tab.name)
    list.current?.querySelectorAll<HTMLButtonElement>('[role=tab]')[next]?.focus()
  }
  return (
    <div className="tabs">
      <div className="tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.name}
            type="button"
            role="tab"
            id={`${id}-${tab.name}`}
            aria-selected={tab.name === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab.name === current ? 0 : -1}
            onClick={() => onChoose(tab.name)}
          >
            {tab.label}
            {tab.count !== undefined && <span className="count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`}>
        {children}
      </div>
    </div>
  )
}
