import { usePreference, usePreferences } from '../../preference/use-preference.ts'
import { ClockForm } from '../../shell/clock-control.tsx'
import { LanguageSwitch, ThemeSwitch } from '../../shell/look-menu.tsx'
import { useText } from '../../text/use-text.ts'
import { Switch } from '../../ui/field.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { AddressPanel } from './address-panel.tsx'
import { ForgetPanel } from './forget-panel.tsx'
import { ResetPanel } from './reset-panel.tsx'
import { SchedulePanel } from './schedule-panel.tsx'
import { settingsText } from './settings-text.ts'
import './settings.css'

/** What can be set of the page and of the sandbox. */
export function SettingsScreen() {
  const text = useText(settingsText)
  const { set } = usePreferences()
  const shortcuts = usePreference('shortcuts')
  return (
    <>
      <PageHeader title={text.title} />
      <div className="settings">
        <Panel title={text.look} note={text.lookNote}>
          <div className="stack">
            <div className="setting">
              <h3>{text.language}</h3>
              <LanguageSwitch onChoose={(language) => set({ language })} />
            </div>
            <div className="setting">
              <h3>{text.theme}</h3>
              <ThemeSwitch onChoose={(theme) => set({ theme })} />
            </div>
            <Switch label={text.shortcuts} isOn={shortcuts} onSwitch={(isOn) => set({ shortcuts: isOn })} />
          </div>
        </Panel>
        <Panel title={text.clock}>
          <ClockForm />
        </Panel>
        <SchedulePanel />
        <div className="stack">
          <AddressPanel />
          <ForgetPanel />
          <ResetPanel />
        </div>
      </div>
    </>
  )
}
