import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { launchChromium } from '../launch-chromium.ts'
import { openPage } from './open-page.ts'
import { openScreens } from './open-screens.ts'

const folder = fileURLToPath(new URL('../../dist/screenshots/', import.meta.url))
/** Names of screens to draw; all when none is given. */
const wanted = new Set(process.argv.slice(2))
const looks = (['ko', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [360, 1280].map((width) => ({ language, theme, width }))),
)

/** Small ones for the README. */
const pictures = fileURLToPath(new URL('../../docs/', import.meta.url))
const pictured = new Set([
  'overview-en-light-1280',
  'delivery-attempts-en-light-1280',
  'conformance-run-2-en-dark-1280',
  'tenant-ko-light-1280',
])

const sandbox = await openScreens()
const browser = await launchChromium()
try {
  await mkdir(folder, { recursive: true })
  await mkdir(pictures, { recursive: true })
  for (const { screens, ...viewer } of Object.values(sandbox.viewers)) {
    const opened = await openPage(browser, sandbox, { language: 'ko', theme: 'light', ...viewer })
    for (const [name, path] of Object.entries(screens)) {
      if (wanted.size > 0 && !wanted.has(name)) continue
      await opened.go(path)
      for (const look of looks) {
        await opened.dress(look)
        const picture = `${name}-${look.language}-${look.theme}-${look.width}`
        await opened.page.screenshot({ path: join(folder, `${picture}.png`), fullPage: true })
        if (pictured.has(picture)) await writeFile(join(pictures, `${picture}.webp`), await small(opened.page))
      }
    }
    await opened.context.close()
  }
} finally {
  await browser.close()
  await sandbox.close()
}

/** What is seen without scrolling, compressed. */
async function small(page: Page): Promise<Buffer> {
  const protocol = await page.context().newCDPSession(page)
  const { data } = await protocol.send('Page.captureScreenshot', { format: 'webp', quality: 80 })
  await protocol.detach()
  return Buffer.from(data, 'base64')
}
