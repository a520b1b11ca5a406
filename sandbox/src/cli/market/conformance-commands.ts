import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ConformanceRunView, ReportDownload } from '../../market/conformance-runs.ts'
import { withSimulator } from '../simulator/with-simulator.ts'
import { stopSignal } from '../stop-signal.ts'
import type { RemoteCall } from './remote-call.ts'
import { inputOf, shownAnswer } from './remote-command.ts'

/** Between two looks at a run, ms. */
const PAUSE = 250

/** Starts a run by `start` and waits for its end, which `show` then shows: 0 passed, 1 failed, 2 neither. */
export function runConformanceCommand(start: RemoteCall, show: RemoteCall) {
  return withSimulator(async ({ client, line, host, print }) => {
    const { signal, release } = stopSignal(host)
    let run = await client.send<ConformanceRunView>('POST', start.path, await inputOf(start, line))
    const path = `/conformance/runs/${run.id}`
    try {
      while (run.state === 'running') {
        await delay(PAUSE, undefined, { signal })
        run = await client.get<ConformanceRunView>(path)
      }
    } catch (error) {
      if (!signal.aborted) throw error
      await client.send('POST', `${path}/cancel`, {})
      return 130
    } finally {
      release()
    }
    const { state } = run
    print(run, () => shownAnswer(show, { ...run }, line))
    return state === 'passed' ? 0 : state === 'failed' ? 1 : 2
  })
}

/** Writes a report of a run into a folder. */
export const conformanceReportCommand = withSimulator(async ({ client, line, host, print }) => {
  const [id = ''] = line.arguments
  const kind = line.value('kind') ?? ''
  const path = `/conformance/runs/${encodeURIComponent(id)}/files/${encodeURIComponent(kind)}`
  const { name, content } = await client.get<ReportDownload>(path, { language: line.text.language })
  const folder = resolve(host.cwd(), line.value('out') ?? '')
  await mkdir(folder, { recursive: true })
  const file = join(folder, name)
  await writeFile(file, content)
  print({ file }, () => `${file}\n`)
  return 0
})
