import { AxeBuilder } from '@axe-core/playwright'
import { startTemporaryServer, type TemporaryServer } from '@mt-paas/core'
import { type AssistantService, sampleServices, seedTenant } from '@mt-paas/sandbox'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../launch-chromium.ts'

const PASSWORD = '비밀번호 1234'
const QUESTION = { advisor: '장학금은 언제 신청하나요?', chatbot: '도서관은 몇 시까지 하나요?' }

let browser: Browser
let server: TemporaryServer
const services: AssistantService[] = []

beforeAll(async () => {
  const launching = launchChromium()
  server = await startTemporaryServer()
  services.push(...(await Promise.all(sampleServices.map((sample) => started(sample)))))
  browser = await launching
})

async function started({ definition, start }: (typeof sampleServices)[number]): Promise<AssistantService> {
  const central = new URL(server.url)
  central.pathname = `/${definition.centralDatabase}`
  const service = await start({ centralUrl: central.href, apiKey: 'key', port: 0, env: {} })
  const contact = { email: 'admin@hallym.ac.kr', name: '홍길동' }
  const profile = { id: 'hallym', name: '한림대학교', plan: 'standard', features: [], contact }
  await service.multiTenant.lifecycle.activate(profile)
  await seedTenant(service, 'hallym', { days: 1, users: 1 })
  return service
}

afterAll(async () => {
  await browser?.close()
  await Promise.all(services.map((service) => service.close()))
  await server?.stop()
})

interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Requests to anywhere else, errors on the console, and exceptions. */
  readonly complaints: readonly string[]
}

async function visit(name: string, options: { url?: string; lang?: string } = {}) {
  const service = services.find(({ definition }) => definition.name === name)
  if (!service) throw new Error(`No service ${name}`)
  const { lang = 'ko' } = options
  const viewport = { width: 360, height: 740 }
  const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce', viewport })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(service.url) && !request.url().startsWith('data:')) complaints.push(request.url())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text())
  })
  await page.goto(options.url ?? `${service.accessUrl('hallym')}&lang=${lang}`)
  return { page, context, complaints, service } satisfies Visit & { service: AssistantService }
}

async function ask(page: Page, question: string): Promise<string> {
  const answers = page.locator('#messages li[data-author=assistant][aria-busy=false]')
  const before = await answers.count()
  await page.locator('#question').fill(question)
  await page.locator('#question').press('Enter')
  await answers.nth(before).waitFor()
  return answers.nth(before).innerText()
}

describe('the page of a tenant', () => {
  it('lets a member choose a password, log in, and ask', async () => {
    const invitation = await services[0]?.invite('hallym')
    const { page, context, complaints } = await visit('advisor', {
      url: `${invitation?.url}`.replace('#', '&lang=ko#'),
    })
    expect(await page.locator('#login').isVisible()).toBe(false)
    await page.locator('#new-password').fill(PASSWORD)
    await page.locator('#invitation button').click()
    await page.getByText('비밀번호를 정했습니다.').waitFor()
    await page.locator('#email').fill('admin@hallym.ac.kr')
    await page.locator('#password').fill('wrong password')
    await page.locator('#login button').click()
    await page.getByText('이메일 또는 비밀번호가 올바르지 않습니다.').waitFor()
    await page.locator('#password').fill(PASSWORD)
    await page.locator('#login button').click()
    await page.locator('#account').waitFor()
    const answer = await ask(page, QUESTION.advisor)
    expect(answer).toContain('매 학기 시작 4주 전에 신청합니다')
    expect(answer).toContain('출처: 장학금 안내')
    await page.reload()
    await page.locator('#account').waitFor()
    await page.locator('#logout').click()
    await page.locator('#login').waitFor()
    expect(await page.locator('#conversation').isVisible()).toBe(false)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('needs no login where visitors may ask', async () => {
    const { page, context, complaints } = await visit('chatbot')
    expect(await ask(page, QUESTION.chatbot)).toContain('밤 10시까지')
    expect(await ask(page, '<b>셔틀버스</b> 막차는?')).toContain('저녁 9시 30분')
    expect(await page.locator('#messages li').count()).toBe(4)
    expect(await page.locator('#messages b').count()).toBe(0)
    await page.locator('#anew').click()
    expect(await page.locator('#messages li').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  it.each(['ko', 'en'])('is accessible at 360 pixels, light and dark: %s', async (lang) => {
    const { page, context } = await visit('chatbot', { lang })
    await ask(page, QUESTION.chatbot)
    const { violations } = await new AxeBuilder({ page }).analyze()
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']).analyze()
    const found = [...violations, ...dark.violations]
    expect(found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(overflow)).toBe(0)
    await context.close()
  })
})
