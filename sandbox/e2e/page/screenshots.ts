import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../launch-chromium.ts'
import { openPage } from './open-page.ts'
import { openScreens } from './open-screens.ts'

const folder = fileURLToPath(new URL('../../dist/screenshots/', import.meta.url))
/** Names of screens to draw; all when none is given. */
const wanted = new Set(process.argv.slice(2))
const looks = (['ko', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [360, 1280].map((width) => ({ language, theme, width }))),
)

const sandbox = await openScreens()
const browser = await launchChromium()
try {
  await mkdir(folder, { recursive: true })
  for (const { screens, ...viewer } of Object.values(sandbox.viewers)) {
    const opened = await openPage(browser, sandbox, { language: 'ko', theme: 'light', ...viewer })
    for (const [name, path] of Object.entries(screens)) {
      if (wanted.size > 0 && !wanted.has(name)) continue
      await opened.go(path)
      for (const look of looks) {
        await opened.dress(look)
        const file = `${name}-${look.language}-${look.theme}-${look.width}.png`
        await opened.page.screenshot({ path: join(folder, file), fullPage: true })
      }
    }
    await opened.context.close()
  }
} finally {
  await browser.close()
  await sandbox.close()
}
