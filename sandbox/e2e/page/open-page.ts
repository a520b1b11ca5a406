import { createRequire } from 'node:module'
import type { Simulator } from '@mt-paas/sandbox'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'

/** How a page looks. */
export interface PageLook {
  readonly language: 'ko' | 'en'
  readonly theme: 'light' | 'dark'
  /** px. @default 1280 */
  readonly width?: number
  /** px. @default 900 */
  readonly height?: number
}

/** Who looks at the page. */
export interface PageViewer {
  /** Logs in as the administrator of a tenant, or looks at the page from outside. @default the operator */
  readonly login?: { readonly email: string; readonly password: string } | 'nobody'
}

/** A page and what went wrong in it. */
export interface OpenedPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the console, exceptions, and requests to anywhere else. */
  readonly complaints: readonly string[]
  /** Loads a screen and waits until it shows what it has. */
  visit(path: string): Promise<void>
  /** Goes to a screen as its links do, without loading the page anew, and waits until it shows what it has. */
  go(path: string): Promise<void>
  /** Changes language, theme and size of what is shown, in place. */
  dress(look: PageLook): Promise<void>
  /** What axe finds wrong with what is shown, in one line each; or only what colours can break, or all else. */
  violations(rules?: 'all' | 'colours' | 'all but colours'): Promise<readonly string[]>
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const HEIGHT = 900
/** swagger-ui has a main part of its own; the page makes it a group, as a document has one, though axe likes no role there. */
const SWAGGER_MAIN = '#operations'
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** Opens the page as somebody sees it. */
export async function openPage(
  browser: Browser,
  { simulator }: { readonly simulator: Pick<Simulator, 'url' | 'consoleAddress'> },
  { language, theme, width = 1280, height = HEIGHT, login }: PageLook & PageViewer,
): Promise<OpenedPage> {
  const { url } = simulator
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
  })
  await context.addInitScript({ path: axe })
  const page = await context.newPage()
  const complaints = complaintsOf(page, url)
  const pending = pendingCallsOf(page)
  await page.goto(login === undefined ? simulator.consoleAddress() : url)
  await page.getByRole('main').waitFor()
  if (typeof login === 'object') {
    await page.locator('input[type=email]').fill(login.email)
    await page.locator('input[type=password]').fill(login.password)
    await page.locator('button[type=submit]').click()
    await page.locator('input[type=email]').waitFor({ state: 'detached' })
  }

  async function settled(): Promise<void> {
    await page.locator('main h1').first().waitFor()
    const busy = page.locator('.skeleton, [aria-busy=true]')
    do {
      while ((await busy.count()) > 0) await busy.first().waitFor({ state: 'detached' })
      await Promise.all([...pending].map((call) => ended(call)))
      // What was answered last is drawn, and asks for what it needs.
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    } while (pending.size > 0 || (await busy.count()) > 0)
  }

  return {
    page,
    context,
    complaints,
    async visit(path) {
      pending.clear()
      await page.goto(`${url}${path}`)
      await settled()
    },
    async go(path) {
      await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`)
      await settled()
    },
    async dress(look) {
      await page.setViewportSize({ width: look.width ?? 1280, height: look.height ?? HEIGHT })
      await page.emulateMedia({ colorScheme: look.theme })
      const kept = JSON.stringify(JSON.stringify({ language: look.language }))
      // As when it is chosen in another tab.
      await page.evaluate(`localStorage.setItem('mt-paas.preferences', ${kept}); dispatchEvent(new Event('storage'))`)
      await page.locator(`html[lang=${look.language}]`).waitFor()
      await settled()
    },
    async violations(rules = 'all') {
      const options: RunOptions = {
        resultTypes: ['violations'],
        elementRef: false,
        preload: false,
        ...(rules === 'colours' && { runOnly: { type: 'rule', values: COLOUR_RULES } }),
        ...(rules === 'all but colours' && {
          rules: Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }])),
        }),
      }
      const found = await page.evaluate((given) => (globalThis as unknown as Axe).axe.run(given), options)
      return found.violations.flatMap(({ id, nodes }) => {
        const ours = nodes.filter(({ target }) => id !== 'aria-allowed-role' || String(target) !== SWAGGER_MAIN)
        return ours.length === 0 ? [] : `${id}: ${ours.map(({ html }) => html).join(' | ')}`
      })
    },
  }
}

function complaintsOf(page: Page, url: string): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const to = new URL(request.url())
    if (to.origin !== url && to.protocol !== 'blob:' && to.protocol !== 'data:') complaints.push(`request to ${to}`)
  })
  return complaints
}

/** Calls that are under way; the stream of events, which never ends, is none of them. */
function pendingCallsOf(page: Page): Set<Request> {
  const pending = new Set<Request>()
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') pending.add(request)
  })
  page.on('requestfinished', (request) => pending.delete(request))
  page.on('requestfailed', (request) => pending.delete(request))
  return pending
}

async function ended(call: Request): Promise<void> {
  // A call that was given up has ended, too.
  await call.response().then(
    (response) => response?.finished(),
    () => null,
  )
}

interface Axe {
  readonly axe: { run(options: RunOptions): Promise<AxeResults> }
}
