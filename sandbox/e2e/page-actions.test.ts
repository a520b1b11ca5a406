import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { type OpenedPage, openPage } from './page/open-page.ts'
import { type AnsweringService, startAnsweringService } from './page/open-sandbox.ts'
import { openTenantSandbox, type ProvisionedTenant, type TenantSandbox } from './page/open-tenant-sandbox.ts'

/** Mutations that other tests of the page make. */
const ELSEWHERE = [
  'session.login',
  'session.changePassword',
  'session.logout',
  'tenant.createUser',
  'tenant.updateUser',
  'tenant.deleteUser',
  'market.replayDeliveries',
  'simulator.replay',
]

let sandbox: TenantSandbox
let browser: Browser
let tenant: ProvisionedTenant
let library: AnsweringService
let opened: OpenedPage
let page: Page
let dialog: Locator
const called = new Set<string>()

beforeAll(async () => {
  const opening = openTenantSandbox()
  browser = await launchChromium()
  library = await startAnsweringService()
  sandbox = await opening
  tenant = await sandbox.provision({ email: 'admin@hallym.ac.kr', name: '홍길동', university_name: '한림대학교' })
  opened = await openPage(browser, sandbox, { language: 'en', theme: 'light' })
  page = opened.page
  page.setDefaultTimeout(15_000)
  dialog = page.getByRole('dialog')
  called.add('session.exchangeToken')
  page.on('request', (request) => {
    if (request.method() === 'POST') called.add(new URL(request.url()).pathname.replace('/console/trpc/', ''))
  })
})

afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
  await library?.close()
})

interface Procedures {
  readonly _def: { readonly procedures: Readonly<Record<string, { readonly _def: { readonly type: string } }>> }
}

const press = (name: string, within: Page | Locator = page) =>
  within.getByRole('button', { name, exact: true }).first().click()
const says = (text: string) => page.getByText(text).first().waitFor()

describe('the buttons of services', () => {
  it('register, change, look at, give new keys to and remove a service', async () => {
    await opened.go('/services')
    await press('Register a service')
    await dialog.getByLabel('Slug').fill('library')
    await dialog.getByLabel('Address', { exact: true }).fill(library.url)
    await dialog.getByLabel('Name in English').fill('Library')
    await press('Register', dialog)
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor()

    await press('Check now')
    await page.getByText('Healthy').or(page.getByText('Unreachable')).or(page.getByText('Unhealthy')).first().waitFor()
    await press('Edit')
    await dialog.getByLabel('Name in English').fill('Great library')
    await press('Save', dialog)
    await page.getByRole('heading', { level: 1, name: 'Great library' }).waitFor()

    for (const [name, done] of [
      ['Forget next key', 'The next key is forgotten'],
      ['Let next key take over', 'The next key has taken over'],
    ] as const) {
      await press('Prepare next key')
      await press('I have configured it', dialog)
      await press(name)
      await says(done)
    }
    const { api_key_hint: hint } = await sandbox.simulator.market.catalogue.get('library')
    await says(hint)

    await press('Remove')
    await press('Remove', dialog)
    await page.getByRole('heading', { level: 1, name: 'Services' }).waitFor()

    await opened.go('/services/advisor')
    const { base_url } = await sandbox.simulator.market.catalogue.get('advisor')
    const answers = () => fetch(`${base_url}/mt/health`).then(({ ok }) => ok)
    await press('Stop the sample')
    await page.getByRole('button', { name: 'Start the sample' }).waitFor()
    await expect(answers()).rejects.toThrow()
    await press('Start the sample')
    await page.getByRole('button', { name: 'Stop the sample' }).waitFor()
    expect(await answers()).toBe(true)
    await says('Healthy')
    const command = (action: string) =>
      fetch(`${sandbox.simulator.url}/market/samples/advisor/${action}`, { method: 'POST' })
    await command('stop')
    await page.getByRole('button', { name: 'Start the sample' }).waitFor()
    await says('Unreachable')
    await command('start')
    await page.getByRole('button', { name: 'Stop the sample' }).waitFor()
    await says('Healthy')
    await expect(sandbox.simulator.market.catalogue.get('library')).rejects.toThrow()
  })
})

describe('the buttons of sending', () => {
  it('add a service and send it scenarios, messages and applications', async () => {
    const { engine } = sandbox.simulator
    await opened.go('/send')
    await page.getByText('Add a service').click()
    await page.getByLabel('Slug').fill('books')
    await page.getByLabel('Address', { exact: true }).fill(library.url)
    await press('Add')
    await says('books can be chosen now')
    await press('Send')
    await page.getByText('As expected').waitFor()

    await page.getByRole('tab', { name: 'Own message' }).click()
    await page.getByLabel('Address', { exact: true }).fill(`${library.url}/anything`)
    await press('Send')
    await expect.poll(() => page.getByText('As expected').count()).toBe(2)

    await page.getByRole('tab', { name: 'Application', exact: true }).click()
    await page.getByRole('combobox', { name: 'Service' }).selectOption('books')
    await press('Apply and send')
    await expect.poll(() => page.getByText('As expected').count()).toBe(3)
    for (const kind of ['Demo', 'Service']) {
      const { applications: before } = await engine.statistics()
      await page.getByRole('radio', { name: kind }).check()
      await press('Only note it')
      await expect.poll(async () => (await engine.statistics()).applications.total).toBe(before.total + 1)
    }
    await page.getByRole('link', { name: 'Open it' }).click()
    await press('Send the webhook')
    await says('The webhook was delivered')
  })
})

describe('the buttons of applications', () => {
  async function apply(university: string): Promise<void> {
    await opened.go('/applications')
    await press('New application')
    await dialog.getByRole('combobox', { name: 'Service' }).selectOption('books')
    await dialog.getByLabel('University').fill(university)
    await dialog.getByLabel('E-mail').fill('it@kangwon.ac.kr')
    await press('Submit', dialog)
    await page.getByRole('row').filter({ hasText: university }).getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: /^Application #/ }).waitFor()
  }

  it('withdraw, reject, approve and try again', async () => {
    await apply('한 대학교')
    await press('Withdraw')
    await press('Withdraw', dialog)
    await page.getByRole('main').getByText('Withdrawn', { exact: true }).first().waitFor()

    await apply('두 대학교')
    await press('Reject')
    await dialog.getByLabel('Reason').fill('<b>No</b> budget')
    await press('Reject', dialog)
    await says('<b>No</b> budget')

    library.answer({ status: 422, body: { success: false, error: 'INVALID_REQUEST', message: 'no' } })
    await apply('세 대학교')
    await press('Approve')
    await press('Approve', dialog)
    await press('Try again')
    await says('Sent again')
  })
})

describe('the buttons of tenants', () => {
  const actions = [
    ['change_plan', 'Change the plan'],
    ['suspend', 'Suspend'],
    ['resume', 'Resume'],
    ['renew', 'Renew'],
    ['cancel', 'Cancel the subscription'],
  ] as const

  it('save settings, change the subscription, and replace a lost password', async () => {
    const { tenantId } = tenant
    await opened.go(`/tenants/advisor/${tenantId}?tab=settings`)
    await page.getByLabel('Users', { exact: true }).fill('77')
    await press('Save')
    await says('The settings were saved')

    await opened.go('/tenants')
    for (const [action, name] of actions) {
      await press(`Manage ${tenantId}`)
      await dialog.getByLabel('What to do').selectOption(action)
      if (action === 'suspend') await dialog.getByLabel('Reason').fill('unpaid')
      if (action === 'change_plan') await dialog.getByLabel('Plan').selectOption('standard')
      await press(name, dialog)
      await dialog.waitFor({ state: 'detached' })
    }
    await page.getByRole('row').filter({ hasText: tenantId }).getByText('Cancelled').waitFor()

    await press('New password for admin@hallym.ac.kr')
    await press('New password', dialog)
    await says('A one-time password is in the outbox')
    await opened.go('/outbox')
    await page
      .getByRole('button', { name: /password/i })
      .first()
      .click()
    await dialog.getByText(/One-time password: \S+/).waitFor()
    await dialog.getByRole('radio', { name: '한국어' }).check()
    await dialog
      .getByText(/임시 비밀번호|일회용/)
      .first()
      .waitFor()
  })
})

describe('the buttons of conformance', () => {
  it('cancel a run and remove it', async () => {
    await opened.go('/conformance?service=advisor&start=yes')
    await press('Start', dialog)
    await press('Cancel the run')
    await page.getByRole('main').getByText('Cancelled').first().waitFor()
    await opened.go('/conformance')
    await page
      .getByRole('button', { name: /^Remove run/ })
      .first()
      .click()
    await press('Remove', dialog)
    await says('No run yet')
  })
})

describe('the buttons of faults and settings', () => {
  it('begin, change and end a trouble', async () => {
    const { engine } = sandbox.simulator
    await opened.go('/faults')
    const fault = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Key rotated' }) })
    await fault.getByRole('slider').fill('100')
    await press('Start Key rotated', fault)
    await expect.poll(() => engine.faults()).toMatchObject({ preset: 'key-rotated', rate: 1 })
    await fault.getByRole('slider').fill('40')
    await press('Change Key rotated', fault)
    await expect.poll(() => engine.faults()).toMatchObject({ rate: 0.4 })
    await press('End the trouble')
    await says('No trouble: the market behaves.')
  })

  it('move the clock, make an address, forget what is old, and start over', async () => {
    const { engine } = sandbox.simulator
    await opened.go('/settings')
    await page.getByLabel(/^Other/).fill('10d')
    await press('Move ahead')
    await says('The clock moved ahead by')
    await press('Edit')
    await dialog.getByLabel('Waits before each attempt').fill('0s, soon')
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Waits before each attempt').fill('0s, 1.5m, 2d')
    await press('Save', dialog)
    await dialog.waitFor({ state: 'detached' })
    expect(engine.schedule).toEqual([0, 90_000, 172_800_000])
    await press('Edit')
    await press('As at the start', dialog)
    await expect.poll(() => engine.schedule.length).toBe(10)
    await press('Make an address')
    const address = await page.getByText(/#token=/).textContent()
    const other = await (await browser.newContext()).newPage()
    await other.goto(address ?? '')
    await other.getByRole('navigation', { name: 'Main' }).waitFor()
    await other.context().close()
    await page.getByLabel('Older than').selectOption('week')
    await press('Forget them')
    await says('deliveries are forgotten')
    await press('Forget everything')
    await press('Forget everything', dialog)
    await says('Everything but the services is forgotten')
    expect((await engine.statistics()).applications.total).toBe(0)
  })
})

it('every mutation of the console has a button that was pressed', async () => {
  const source = new URL('../src/console/console-router.ts', import.meta.url).href
  const { consoleRouter }: { readonly consoleRouter: Procedures } = await import(source)
  const mutations = Object.entries(consoleRouter._def.procedures)
    .filter(([, procedure]) => procedure._def.type === 'mutation')
    .map(([name]) => name)
  expect(mutations.filter((name) => !called.has(name) && !ELSEWHERE.includes(name))).toEqual([])
  expect(ELSEWHERE.filter((name) => !mutations.includes(name))).toEqual([])
})
