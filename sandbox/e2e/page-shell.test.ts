import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { openPage } from './page/open-page.ts'
import { openPageSandbox, type PageSandbox } from './page/open-sandbox.ts'

let sandbox: PageSandbox
let browser: Browser

beforeAll(async () => {
  sandbox = await openPageSandbox()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
})

describe('the frame around the screens', () => {
  it('lets its operator in by the printed address, once', async () => {
    const { page, complaints, context } = await openPage(browser, sandbox, { language: 'en', theme: 'light' })
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').count()).toBeGreaterThan(8)
    expect(page.url()).not.toContain('token')
    await page.getByText('Live', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('draws its charts in a browser whose language is no language tag', async () => {
    await sandbox.simulator.engine.trigger('demo')
    const context = await browser.newContext()
    await context.addInitScript(
      `Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix', configurable: true })`,
    )
    const page = await context.newPage()
    await page.goto(sandbox.simulator.consoleAddress())
    await page.locator('.chart-frame canvas').first().waitFor()
    expect(await page.evaluate('navigator.language')).toBe('en')
    await context.close()
  })

  it('asks others to log in', async () => {
    const page = await browser.newPage()
    await page.goto(sandbox.simulator.url)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/Log in|로그인/)
    await page.close()
  })

  it('switches language and theme in every tab, and remembers both', async () => {
    const { page, context } = await openPage(browser, sandbox, { language: 'en', theme: 'light' })
    await page.keyboard.press('l')
    await page.getByRole('link', { name: '개요' }).waitFor()
    await page.keyboard.press('t')
    const other = await context.newPage()
    await other.goto(sandbox.simulator.url)
    await other.getByRole('link', { name: '개요' }).waitFor()
    await other.keyboard.press('l')
    await page.getByRole('link', { name: 'Overview' }).waitFor()
    await page.keyboard.press('l')
    await page.reload()
    await page.getByRole('link', { name: '개요' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('ko')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await context.close()
  })

  it('shows the overview within a second, with nothing of it in the cache', async () => {
    const { page, context } = await openPage(browser, sandbox, { language: 'en', theme: 'light' })
    const protocol = await context.newCDPSession(page)
    await protocol.send('Network.enable')
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: true })
    await context.addInitScript(`new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) globalThis.largestContentfulPaint = startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })`)
    const times: number[] = []
    const lastFive = () => times.slice(-5).sort((a, b) => a - b)
    // On a machine that has other work, until five loads in a row were its own.
    while (times.length < 5 || (times.length < 25 && Number(lastFive()[2]) >= 1_000)) {
      await page.goto(sandbox.simulator.url)
      await page.getByText('Success rate').waitFor()
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
      times.push(await page.evaluate<number>('largestContentfulPaint'))
    }
    expect(Math.min(...times)).toBeGreaterThan(0)
    expect(lastFive()[2]).toBeLessThan(1_000)
    await context.close()
  })
})
