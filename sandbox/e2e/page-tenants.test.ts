import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { openPage } from './page/open-page.ts'
import { openTenantSandbox, type TenantSandbox } from './page/open-tenant-sandbox.ts'

let sandbox: TenantSandbox
let browser: Browser
let own: string
let other: string

const ADMIN = 'admin@hallym.ac.kr'
const PASSWORD = 'a password of my own'
const pathOf = (tenant: string) => `/tenants/advisor/${tenant}`

beforeAll(async () => {
  const opening = openTenantSandbox()
  browser = await launchChromium()
  sandbox = await opening
  const applicants = [
    { email: ADMIN, name: '홍길동', university_name: '한림대학교' },
    { email: 'it@kangwon.ac.kr', name: '김강원', university_name: '강원대학교' },
  ]
  const made = []
  for (const applicant of applicants) made.push(await sandbox.provision(applicant))
  own = made[0]?.tenantId ?? ''
  other = made[1]?.tenantId ?? ''
})

afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
})

describe('the API reference', () => {
  it('is drawn from the document of the service, within the strict policy', { timeout: 60_000 }, async () => {
    const { page, context, visit, complaints } = await openPage(browser, sandbox, { language: 'en', theme: 'dark' })
    await visit('/reference?service=advisor')
    await page.getByRole('heading', { name: /^Advisor/ }).waitFor()
    await page.getByText('/tenant/{tenant_id}/activate').first().waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('the users of a tenant', () => {
  it('are made, refused, changed and removed at the service', { timeout: 90_000 }, async () => {
    const { page, context, visit } = await openPage(browser, sandbox, { language: 'en', theme: 'light' })
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    const dialog = page.getByRole('dialog')
    await visit(`${pathOf(other)}?tab=users`)

    await page.getByRole('button', { name: 'Add a user' }).click()
    await dialog.getByRole('button', { name: 'Add a user' }).click()
    expect(await dialog.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
    await dialog.getByLabel('E-mail').fill('new@kangwon.ac.kr')
    await dialog.getByLabel('Name', { exact: true }).fill('신규 <b>')
    await dialog.getByRole('button', { name: 'Add a user' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await row('신규 <b>').getByText('new@kangwon.ac.kr').waitFor()

    await page.getByRole('button', { name: 'Add a user' }).click()
    await dialog.getByLabel('E-mail').fill('NEW@kangwon.ac.kr')
    await dialog.getByLabel('Name', { exact: true }).fill('Twice')
    await dialog.getByRole('button', { name: 'Add a user' }).click()
    await dialog.locator('[aria-invalid=true]').waitFor()
    expect(await dialog.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await row('Twice').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Edit 신규 <b>' }).click()
    await dialog.getByLabel('Role').selectOption('moderator')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await row('신규 <b>').getByText('Moderator').waitFor()

    await page.getByRole('button', { name: 'Remove 신규 <b>' }).click()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await row('신규 <b>').waitFor({ state: 'detached' })
    const client = await sandbox.simulator.market.clients.of('advisor')
    // The list shows at once what the service is still being asked for.
    const emails = async () => (await client.listUsers({ tenant_id: other })).users.map(({ email }) => email)
    await expect.poll(emails).toEqual(['it@kangwon.ac.kr'])
    await context.close()
  })
})

describe('the administrator of a tenant', () => {
  it('logs in, chooses a password, and sees the own tenant and no other', { timeout: 90_000 }, async () => {
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(sandbox.simulator.url)
    await page.getByLabel('E-mail').fill(ADMIN)
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText('E-mail or password is wrong.').waitFor()
    const password = await sandbox.passwordOf(ADMIN)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByLabel('Present password').fill(password)
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByRole('heading', { level: 1, name: own }).waitFor()
    await page.getByText('Daily trend').waitFor()
    expect(await page.getByRole('link', { name: 'Deliveries' }).count()).toBe(0)

    await page.goto(`${sandbox.simulator.url}${pathOf(other)}`)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('tab').count()).toBe(0)
    await page.goto(`${sandbox.simulator.url}/deliveries`)
    await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    await context.close()
  })
})
