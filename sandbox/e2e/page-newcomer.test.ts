import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { openPage } from './page/open-page.ts'
import { openTenantSandbox, type TenantSandbox } from './page/open-tenant-sandbox.ts'

let sandbox: TenantSandbox
let browser: Browser

beforeAll(async () => {
  sandbox = await openTenantSandbox()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
})

interface Applicant {
  readonly university: string
  readonly email: string
}

/** Submits an application on its screen, opens it and approves it. */
async function applyAndApprove(page: Page, { university, email }: Applicant): Promise<void> {
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'New application' }).first().click()
  await dialog.getByLabel('University').fill(university)
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByRole('button', { name: 'Submit' }).click()
  await page.getByRole('row').filter({ hasText: university }).getByRole('link').first().click()
  await page.getByRole('button', { name: 'Approve' }).click()
  await dialog.getByRole('button', { name: 'Approve' }).click()
}

describe('the story of a newcomer', () => {
  it('goes from the first application to a broken service and back to green', { timeout: 150_000 }, async () => {
    const { page, context, visit, complaints } = await openPage(browser, sandbox, { language: 'en', theme: 'light' })
    const watching = await context.newPage()
    await watching.goto(`${sandbox.simulator.url}/deliveries`)
    await watching.locator('main h1').waitFor()

    // The delivery of a demo application shows up live, in another tab.
    await visit('/applications')
    await applyAndApprove(page, { university: '한림대학교', email: 'admin@hallym.ac.kr' })
    await watching.getByRole('row').filter({ hasText: 'Delivered' }).first().waitFor()

    // The application leads to the tenant that it made, and a user is made there.
    await page.locator('a[href^="/tenants/advisor/"]').first().click()
    await page.getByRole('tab', { name: 'Users' }).click()
    await page.getByRole('button', { name: 'Add a user' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('student@hallym.ac.kr')
    await dialog.getByLabel('Name', { exact: true }).fill('학생')
    await dialog.getByRole('button', { name: 'Add a user' }).click()
    await page.getByRole('row').filter({ hasText: 'student@hallym.ac.kr' }).waitFor()

    // Conformance.
    await visit('/conformance?service=advisor&start=yes')
    await dialog.getByText('More options').click()
    for (const area of ['classic', 'health']) await dialog.getByRole('checkbox', { name: area, exact: true }).check()
    await dialog.getByRole('button', { name: 'Start' }).click()
    await page.getByText('100/100').first().waitFor()

    // Trouble: the failure says why, and after it the same delivery goes through.
    await visit('/faults')
    const fault = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Key rotated' }) })
    await fault.getByRole('slider').fill('100')
    await fault.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('button', { name: 'End the trouble' }).waitFor()
    await visit('/applications')
    await applyAndApprove(page, { university: '강원대학교', email: 'it@kangwon.ac.kr' })
    await visit('/deliveries')
    const failed = page.getByRole('row').filter({ hasText: 'Not authorised' })
    await failed.getByRole('link').first().click()
    await page.getByText('Not authorised').first().waitFor()
    const address = page.url()
    await visit('/faults')
    await page.getByRole('button', { name: 'End the trouble' }).click()
    await page.getByText('No trouble: the market behaves.').waitFor()
    await page.goto(address)
    await page.getByRole('button', { name: 'Send again' }).click()
    await page.locator('main').getByText('Delivered').first().waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})
