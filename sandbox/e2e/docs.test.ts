import { type RunningServer, serve, standardApi } from '@mt-paas/server'
import { operations } from '@mt-paas/server/contract'
import Koa from 'koa'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goldenHandler } from './golden/golden-handler.ts'
import { launchChromium } from './launch-chromium.ts'

/** Reports what the policy of the page forbade as an error on the console. */
const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy', event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber)
})`

const METHOD_COLOR = "getComputedStyle(document.querySelector('.opblock-get .opblock-summary-method')).backgroundColor"
const FORBIDDEN_SCRIPT =
  "document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }))"

let browser: Browser
let service: RunningServer

beforeAll(async () => {
  const api = standardApi(goldenHandler(), { env: { MARKET_API_KEY: 'test-key' }, onError: () => {} })
  service = await serve(new Koa().use(api))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await service?.close()
})

interface Visit {
  readonly page: Page
  /** Addresses of all requests. */
  readonly requests: readonly string[]
  /** Errors and warnings on the console, exceptions, and failed requests. */
  readonly complaints: readonly string[]
}

async function visit(path: string): Promise<Visit> {
  const page = await browser.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.addInitScript(REPORT_VIOLATIONS)
  await page.goto(`${service.url}${path}`)
  await page.locator('.opblock').first().waitFor()
  return { page, requests, complaints }
}

describe('the page of the document', () => {
  it('lists every operation, without a complaint and without a request to anywhere else', async () => {
    const { page, requests, complaints } = await visit('/mt/docs')
    try {
      const names = await page.locator('.opblock-summary-operation-id').allInnerTexts()
      expect(names.map((name) => name.replaceAll('\u200b', '')).toSorted()).toEqual(Object.keys(operations).toSorted())
      expect(await page.title()).toBe('Standard API v2')
      expect(await page.evaluate(METHOD_COLOR)).toBe('rgb(97, 175, 254)')
      expect(requests.length).toBeGreaterThan(5)
      expect(
        requests.filter((address) => !/^data:/.test(address) && !address.startsWith(`${service.url}/mt/`)),
      ).toEqual([])
      expect(complaints).toEqual([])
    } finally {
      await page.close()
    }
  })

  it('runs no script but its own', async () => {
    const { page, complaints } = await visit('/mt/docs')
    try {
      const forbidden = page.waitForEvent('console', (message) => message.text().startsWith('policy'))
      await page.evaluate(FORBIDDEN_SCRIPT)
      expect((await forbidden).text()).toContain('script-src-elem inline')
      expect(await page.evaluate('window.ran')).toBeUndefined()
      expect(complaints).not.toEqual([])
    } finally {
      await page.close()
    }
  })

  it('shows an operation with its examples and errors', async () => {
    const { page, complaints } = await visit('/docs')
    try {
      const operation = page.locator('#operations-users-createUser')
      await operation.locator('.opblock-summary-control').click()
      await operation.locator('.responses-table tr.response').last().waitFor()
      const statuses = await operation.locator('tr.response td.response-col_status').allInnerTexts()
      expect(statuses).toEqual(['201', '400', '401', '404', '409', '413', '415', '422', '429', '500', '503', 'default'])
      const text = await operation.innerText()
      expect(text).toContain('new@hallym.ac.kr')
      expect(text).toContain('User new@hallym.ac.kr already exists')
      expect(complaints).toEqual([])
    } finally {
      await page.close()
    }
  })

  it('calls the service with the key it was given', async () => {
    const { page, complaints } = await visit('/mt/docs')
    try {
      await page.locator('.auth-wrapper .authorize').first().click()
      await page.locator('.modal-ux input').fill('test-key')
      await page.locator('.modal-ux .auth-btn-wrapper .authorize').click()
      await page.locator('.modal-ux .btn-done').click()
      const operation = page.locator('#operations-lifecycle-getTenantStatus')
      await operation.locator('.opblock-summary-control').click()
      await operation.locator('.try-out__btn').click()
      await operation.locator('input[placeholder="tenant_id"]').fill('hallym_univ')
      await operation.locator('.execute').click()
      const answer = operation.locator('.live-responses-table tbody .response').first()
      await answer.waitFor()
      expect(await answer.innerText()).toContain('"tenant_id": "hallym_univ"')
      expect(complaints).toEqual([])
    } finally {
      await page.close()
    }
  })
})
