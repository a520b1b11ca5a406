import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { openPage } from './page/open-page.ts'
import { openScreens, type ScreensSandbox } from './page/open-screens.ts'

let sandbox: ScreensSandbox
let browser: Browser

beforeAll(async () => {
  const opening = openScreens()
  browser = await launchChromium()
  sandbox = await opening
})

afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
})

const looks = [
  { language: 'ko', theme: 'light', rules: 'all' },
  { language: 'ko', theme: 'dark', rules: 'colours' },
  { language: 'en', theme: 'light', rules: 'all but colours' },
] as const
const WIDTH = 360

describe.each(['operator', 'administrator', 'invited', 'nobody'])('every screen of %s', (name) => {
  it('can be used by everyone, fits 360 px, complains of nothing and asks nobody else', {
    timeout: 180_000,
  }, async () => {
    const { screens = {}, ...viewer } = sandbox.viewers[name] ?? {}
    const opened = await openPage(browser, sandbox, { language: 'ko', theme: 'light', ...viewer })
    const { page, go, dress, violations, complaints } = opened
    const found: string[] = []
    for (const [screen, path] of Object.entries(screens)) {
      await go(path)
      // A theme is colours and nothing else, and a language is everything but colours.
      for (const { rules, ...look } of looks) {
        await dress(look)
        const wrong = await violations(rules)
        found.push(...wrong.map((violation) => `${screen}, ${look.language}, ${look.theme}: ${violation}`))
      }
      for (const language of ['en', 'ko'] as const) {
        await dress({ language, theme: 'light', width: WIDTH })
        const width = await page.locator('html').evaluate((root) => root.scrollWidth)
        if (width > WIDTH) found.push(`${screen}, ${language}: ${width} px wide`)
      }
    }
    expect(Object.keys(screens)).not.toEqual([])
    expect(found).toEqual([])
    expect(complaints).toEqual([])
    await opened.context.close()
  })
})
