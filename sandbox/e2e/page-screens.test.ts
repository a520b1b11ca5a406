import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { type OpenedPage, openPage } from './page/open-page.ts'
import { openPageSandbox, type PageSandbox } from './page/open-sandbox.ts'
import { screensOf } from './page/screens-of.ts'

let sandbox: PageSandbox
let browser: Browser
let screens: Readonly<Record<string, string>>

beforeAll(async () => {
  sandbox = await openPageSandbox()
  browser = await launchChromium()
  screens = await screensOf(sandbox)
})

afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
})

const looks = (['ko', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
)

describe.each(looks)('every screen in $language and $theme', ({ language, theme }) => {
  let opened: OpenedPage

  beforeAll(async () => {
    opened = await openPage(browser, sandbox, { language, theme })
  })

  afterAll(() => opened?.context.close())

  it('can be used by everyone, complains of nothing and asks nobody else', { timeout: 90_000 }, async () => {
    const violations: string[] = []
    // A theme is colours and nothing else.
    const rules = theme === 'light' ? 'all' : 'colours'
    for (const [name, path] of Object.entries(screens)) {
      await opened.visit(path)
      for (const violation of await opened.violations(rules)) violations.push(`${name}: ${violation}`)
    }
    expect(violations).toEqual([])
    expect(opened.complaints).toEqual([])
  })
})

describe('every screen at 360 px', () => {
  it('fits its width', { timeout: 60_000 }, async () => {
    const { page, context, visit } = await openPage(browser, sandbox, { language: 'ko', theme: 'light', width: 360 })
    const wide: string[] = []
    for (const [name, path] of Object.entries(screens)) {
      await visit(path)
      const { width } = (await page.locator('main').boundingBox()) ?? { width: 0 }
      const scrolled = await page.locator('html').evaluate((root) => root.scrollWidth)
      if (width > 360 || scrolled > 360) wide.push(`${name}: ${Math.max(width, scrolled)}`)
    }
    expect(wide).toEqual([])
    await context.close()
  })
})
