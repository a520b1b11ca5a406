import { Fragment } from 'react'
import { usePreference } from '../preference/use-preference.ts'
import { useText } from '../text/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { navigation } from './navigation-entries.ts'
import { shellText } from './shell-text.ts'

interface ShortcutHelpProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Lists what single keys do. */
export function ShortcutHelp({ isOpen, onClose }: ShortcutHelpProps) {
  const { shortcuts: text, screens } = useText(shellText)
  const isOn = usePreference('shortcuts')
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['?'], text.help],
    [['/'], text.search],
    [['j'], text.next],
    [['k'], text.previous],
    [['t'], text.theme],
    [['l'], text.language],
    ...navigation.flat().map(({ key, screen }) => [['g', key], text.goTo(screens[screen])] as const),
  ]
  return (
    <Dialog title={text.title} isOpen={isOpen} onClose={onClose}>
      {!isOn && <p className="muted">{text.off}</p>}
      <dl className="shortcuts">
        {rows.map(([keys, says]) => (
          <div key={says}>
            <dt>
              {keys.map((key, index) => (
                <Fragment key={key}>
                  {index > 0 && <span className="muted"> {text.afterwards} </span>}
                  <kbd>{key}</kbd>
                </Fragment>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
