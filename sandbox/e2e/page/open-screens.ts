import { fillSandbox } from './fill-sandbox.ts'
import type { PageViewer } from './open-page.ts'
import { SIGNING_SECRET, startAnsweringService } from './open-sandbox.ts'
import { openTenantSandbox, type ProvisionedTenant, type TenantSandbox } from './open-tenant-sandbox.ts'
import { type Screens, screensOf } from './screens-of.ts'

/** A sandbox in which every screen has something to show. */
export interface ScreensSandbox extends Pick<TenantSandbox, 'simulator' | 'close'> {
  /** Those who see different pages, with what they see. */
  readonly viewers: Readonly<Record<string, PageViewer & { readonly screens: Screens }>>
}

const APPLICANTS = {
  administrator: { email: 'admin@hallym.ac.kr', name: '홍길동', university_name: '한림대학교' },
  invited: { email: 'it@kangwon.ac.kr', name: '김강원', university_name: '강원대학교' },
}
const PASSWORD = 'a password of my own'

/** Starts the sandbox with the sample service Advisor and a service of many faults, and fills it. */
export async function openScreens(): Promise<ScreensSandbox> {
  const sandbox = await openTenantSandbox()
  const { simulator, provision, fill, passwordOf, close } = sandbox
  const { market, engine } = simulator
  const faulty = await startAnsweringService()
  const library = { slug: 'library', title: '도서관', base_url: faulty.url, signing_secret: SIGNING_SECRET }
  await engine.services.save(library)
  const filled = await fillSandbox({ simulator, answer: faulty.answer, service: 'library' })
  const tenant = await provision(APPLICANTS.administrator)
  await provision(APPLICANTS.invited)
  await fill(tenant.tenantId)
  const runs = [
    await market.conformance.start({ service: 'advisor', only: ['classic'] }),
    await market.conformance.start({ service: 'library', only: ['health'] }),
  ]
  await market.conformance.idle()
  return {
    simulator,
    viewers: {
      operator: { screens: screensOf({ ...filled, tenant, runs: runs.map(({ id }) => id) }) },
      nobody: { login: 'nobody', screens: { login: '/' } },
      invited: { login: await loginOf('invited'), screens: { 'password-change': '/' } },
      administrator: { login: await ownLogin(), screens: ownScreens(tenant) },
    },
    async close() {
      await close()
      await faulty.close()
    },
  }

  async function loginOf(name: keyof typeof APPLICANTS) {
    const { email } = APPLICANTS[name]
    return { email, password: await passwordOf(email) }
  }

  /** The mailed password is changed already. */
  async function ownLogin() {
    const { email, password } = await loginOf('administrator')
    const { accountId } = await market.accounts.login(email, password)
    await market.accounts.changePassword({ id: accountId, current: password, next: PASSWORD })
    return { email, password: PASSWORD }
  }
}

function ownScreens({ tenantId }: ProvisionedTenant): Screens {
  return { 'own-tenants': '/', 'own-tenant': `/tenants/advisor/${tenantId}?tab=users` }
}
