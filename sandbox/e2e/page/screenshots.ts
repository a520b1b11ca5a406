import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../launch-chromium.ts'
import { openPage } from './open-page.ts'
import { openPageSandbox } from './open-sandbox.ts'
import { screensOf } from './screens-of.ts'

const folder = fileURLToPath(new URL('../../dist/screenshots/', import.meta.url))
const wanted = process.argv.slice(2)

const sandbox = await openPageSandbox()
const browser = await launchChromium()
try {
  await mkdir(folder, { recursive: true })
  const screens = await screensOf(sandbox)
  for (const language of ['ko', 'en'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      for (const width of [360, 1280]) {
        if (wanted.length > 0 && !wanted.some((one) => `${language}-${theme}-${width}`.includes(one))) continue
        const { context, visit, page } = await openPage(browser, sandbox, { language, theme, width })
        for (const [name, path] of Object.entries(screens)) {
          if (wanted.some((one) => one.startsWith('=')) && !wanted.includes(`=${name}`)) continue
          await visit(path)
          await page.waitForTimeout(250)
          await page.screenshot({ path: join(folder, `${name}-${language}-${theme}-${width}.png`), fullPage: true })
        }
        await context.close()
      }
    }
  }
} finally {
  await browser.close()
  await sandbox.close()
}
