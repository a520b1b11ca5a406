import { themes } from '../preference/preference-store.ts'
import { usePreference, usePreferences } from '../preference/use-preference.ts'
import { languages } from '../text/language.ts'
import { useText } from '../text/use-text.ts'
import { Segmented } from '../ui/field.tsx'
import { shellText } from './shell-text.ts'

/** Switches of language and theme. */
export function LookMenu() {
  const { set } = usePreferences()
  return (
    <div className="look">
      <LanguageSwitch onChoose={(language) => set({ language })} />
      <ThemeSwitch onChoose={(theme) => set({ theme })} />
    </div>
  )
}

interface SwitchProps<TValue> {
  readonly onChoose: (value: TValue) => void
}

/** Chooses the language. */
export function LanguageSwitch({ onChoose }: SwitchProps<(typeof languages)[number]>) {
  const { label, ...names } = useText(shellText).language
  const choices = languages.map((value) => ({ value, label: names[value] }))
  return <Segmented label={label} value={usePreference('language')} choices={choices} onChoose={onChoose} />
}

/** Chooses the theme. */
export function ThemeSwitch({ onChoose }: SwitchProps<(typeof themes)[number]>) {
  const { label, ...names } = useText(shellText).theme
  const choices = themes.map((value) => ({ value, label: names[value] }))
  return <Segmented label={label} value={usePreference('theme')} choices={choices} onChoose={onChoose} />
}
