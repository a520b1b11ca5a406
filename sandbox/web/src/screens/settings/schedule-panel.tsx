import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScheduleEditor } from './schedule-editor.tsx'
import { settingsText } from './settings-text.ts'

/** When a failed delivery is tried again. */
export function SchedulePanel() {
  const text = useText(settingsText)
  const format = useFormat()
  const settings = useQuery(useApi().simulator.getSettings.query())
  return (
    <Panel title={text.schedule} note={text.scheduleNote} actions={<ScheduleEditor query={settings} />} flush>
      <Loaded query={settings}>
        {({ schedule_ms: schedule }) => (
          <DataTable
            caption={text.schedule}
            rows={schedule.map((wait, index) => ({
              number: index + 1,
              wait,
              since: schedule.slice(0, index + 1).reduce((sum, ms) => sum + ms, 0),
            }))}
            keyOf={({ number }) => number}
            columns={[
              { key: 'number', head: text.attempt, cell: ({ number }) => number },
              {
                key: 'wait',
                head: text.wait,
                align: 'end',
                cell: ({ wait }) => (wait === 0 ? text.atOnce : format.duration(wait)),
              },
              {
                key: 'since',
                head: text.sum,
                align: 'end',
                cell: ({ since }) => (since === 0 ? '–' : format.duration(since)),
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  )
}
