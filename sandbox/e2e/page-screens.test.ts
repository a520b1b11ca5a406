import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { openPage, type PageViewer } from './page/open-page.ts'
import { openScreens, type ScreensSandbox } from './page/open-screens.ts'
import type { Screens } from './page/screens-of.ts'

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

/**
 * Every language in every theme, narrow and wide. A theme changes colours and nothing else, so that all other rules
 * are held against one theme of each language.
 */
const looks = [
  { language: 'ko', theme: 'light', width: 1280, rules: 'all' },
  { language: 'ko', theme: 'dark', width: 360, rules: 'colours' },
  { language: 'en', theme: 'dark', width: 360, rules: 'all' },
  { language: 'en', theme: 'light', width: 1280, rules: 'colours' },
] as const

/** What is wrong with screens in any of the looks. */
async function faultsOf(screens: Screens, viewer: PageViewer): Promise<readonly string[]> {
  const opened = await openPage(browser, sandbox, { language: 'ko', theme: 'light', ...viewer })
  const { page, go, dress, violations, complaints, context } = opened
  const found: string[] = []
  for (const [screen, path] of Object.entries(screens)) {
    await go(path)
    for (const { rules, ...look } of looks) {
      await dress(look)
      const scrolled = await page.locator('html').evaluate((root) => root.scrollWidth)
      const moving = await page.evaluate('document.getAnimations().length')
      const wrong = [
        ...(moving === 0 ? [] : ['moves, though less motion was asked for']),
        ...(scrolled > look.width ? [`${scrolled} px wide`] : []),
        ...(await violations(rules)),
      ]
      found.push(...wrong.map((what) => `${screen}, ${Object.values(look).join(', ')}: ${what}`))
    }
  }
  await context.close()
  return [...found, ...complaints]
}

describe.concurrent('every screen can be used by everyone, fits, complains of nothing and asks nobody else', () => {
  it.each([0, 1])('of the operator, part %i of 2', { timeout: 180_000 }, async (part) => {
    const all = Object.entries(sandbox.viewers.operator?.screens ?? {})
    const screens = Object.fromEntries(all.filter((_, index) => index % 2 === part))
    expect(Object.keys(screens).length).toBeGreaterThan(15)
    expect(await faultsOf(screens, {})).toEqual([])
  })

  it.each(['administrator', 'invited', 'nobody'])('of %s', { timeout: 180_000 }, async (name) => {
    const { screens = {}, ...viewer } = sandbox.viewers[name] ?? {}
    expect(Object.keys(screens)).not.toEqual([])
    expect(await faultsOf(screens, viewer)).toEqual([])
  })
})
