import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { PageSandbox } from './open-sandbox.ts'

/** How a page looks. */
export interface PageLook {
  readonly language: 'ko' | 'en'
  readonly theme: 'light' | 'dark'
  /** px. @default 1280 */
  readonly width?: number
  /** px. @default 900 */
  readonly height?: number
}

/** A page of the operator and what went wrong in it. */
export interface OpenedPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the console, exceptions, and requests to anywhere else. */
  readonly complaints: readonly string[]
  /** Goes to a screen and waits until it shows what it has. */
  visit(path: string): Promise<void>
  /** What axe finds wrong with what is shown, in one line each; or only what colours can break. */
  violations(rules?: 'all' | 'colours'): Promise<readonly string[]>
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Opens the page as its operator. */
export async function openPage(
  browser: Browser,
  sandbox: Pick<PageSandbox, 'simulator'>,
  look: PageLook,
): Promise<OpenedPage> {
  const { language, theme, width = 1280, height = 900 } = look
  const { url } = sandbox.simulator
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
  })
  await context.addInitScript({ path: axe })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const to = new URL(request.url())
    if (to.origin !== url && to.protocol !== 'blob:' && to.protocol !== 'data:') complaints.push(`request to ${to}`)
  })
  await page.goto(sandbox.simulator.consoleAddress())
  await page.getByRole('main').waitFor()

  return {
    page,
    context,
    complaints,
    async visit(path) {
      await page.goto(`${url}${path}`)
      await page.locator('main h1').waitFor()
      const busy = page.locator('.skeleton, [aria-busy=true]')
      while ((await busy.count()) > 0) await busy.first().waitFor({ state: 'detached' })
    },
    async violations(rules = 'all') {
      const options: RunOptions = {
        resultTypes: ['violations'],
        elementRef: false,
        ...(rules === 'colours' && { runOnly: { type: 'tag', values: ['cat.color'] } }),
      }
      const found = await page.evaluate((given) => (globalThis as unknown as Axe).axe.run(given), options)
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    },
  }
}

interface Axe {
  readonly axe: { run(options: RunOptions): Promise<AxeResults> }
}
