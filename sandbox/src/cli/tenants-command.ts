import { type TenantRecord, type TenantState, tenantStates } from '@mt-paas/core'
import { adminText } from '../text/admin-text.ts'
import { dictionary, systemLanguage } from '../text/index.ts'
import { type AdminCommand, type AdminWork, runAdminCommand } from './admin-command.ts'
import type { CommandProcess } from './demo-command.ts'
import { tenantDetails } from './tenant-details.ts'
import { tenantList, tenantPage } from './tenant-list.ts'

const ORIGIN = { actor: 'command' } as const
const text = { type: 'text' } as const
const help: AdminCommand['help'] = ({ tenantsHelp }) => tenantsHelp

/** Runs `mt-paas tenants <action>`. */
export function tenantsCommand([action, ...rest]: readonly string[], host: CommandProcess): Promise<number> {
  const command = action !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined
  if (command) return runAdminCommand(command, rest, host)
  if (action?.startsWith('-')) return runAdminCommand(noAction, [action, ...rest], host)
  const language = systemLanguage(host.env)
  const { tenantsHelp } = adminText(language)
  host.stderr.write(
    action === undefined ? tenantsHelp : `${dictionary(language).command.unknownCommand(action)}\n\n${tenantsHelp}`,
  )
  return Promise.resolve(2)
}

/** Only shows its help. */
const noAction: AdminCommand = { rule: { options: {}, places: ['<action>'] }, help, run: async () => 2 }

const actions: Readonly<Record<string, AdminCommand>> = {
  list: {
    rule: {
      options: {
        status: { type: 'text', oneOf: tenantStates },
        plan: text,
        search: text,
        after: text,
        limit: { type: 'number', least: 1, most: 500 },
      },
      places: [],
    },
    help,
    async run({ mt, values: { options }, text: words, print }) {
      const status = tenantStates.find((state) => state === options.get('status'))
      const [plan, search, after] = [options.get('plan'), options.get('search'), options.get('after')]
      const page = await mt.tenants.page({
        limit: Number(options.get('limit') ?? 50),
        ...(status && { status }),
        ...(plan !== undefined && { plan }),
        ...(search !== undefined && { search }),
        ...(after !== undefined && { after }),
      })
      print(tenantPage(page), () => tenantList(page, words))
      return 0
    },
  },
  show: {
    rule: { options: {}, places: ['<id>'] },
    help,
    run: (work) => show(work, idOf(work)),
  },
  create: {
    rule: { options: { name: text, plan: text, email: text, contact: text, features: text }, places: ['<id>'] },
    help,
    async run(work) {
      const id = idOf(work)
      const { options } = work.values
      const features = (options.get('features') ?? '').split(',').filter((feature) => feature !== '')
      const contact = { email: options.get('email') ?? '', name: options.get('contact') ?? '' }
      const plan = work.mt.plans.get(options.get('plan') ?? 'basic').name
      await work.mt.lifecycle.activate({ id, name: options.get('name') ?? id, plan, features, contact }, ORIGIN)
      return said(work, id, work.text.did.created(id))
    },
  },
  suspend: {
    rule: { options: { reason: text }, places: ['<id>'] },
    help,
    check: ({ options }, words) => (options.has('reason') ? undefined : words.missingArgument('--reason')),
    async run(work) {
      const id = idOf(work)
      await work.mt.lifecycle.suspend(id, { ...ORIGIN, reason: work.values.options.get('reason') ?? '' })
      return said(work, id, work.text.did.suspended(id))
    },
  },
  activate: {
    rule: { options: {}, places: ['<id>'] },
    help,
    async run(work) {
      const id = idOf(work)
      const { lifecycle, tenants } = work.mt
      const { status } = await tenants.get(id)
      const unfinished: ReadonlySet<TenantState> = new Set(['pending', 'provisioning'])
      await (unfinished.has(status) ? lifecycle.provision(id, ORIGIN) : lifecycle.resume(id, ORIGIN))
      return said(work, id, work.text.did.activated(id))
    },
  },
  delete: {
    rule: { options: { hard: { type: 'switch' }, yes: { type: 'switch' }, reason: text }, places: ['<id>'] },
    help,
    check: ({ options }, words) => (options.has('hard') && !options.has('yes') ? words.needsYes : undefined),
    async run(work) {
      const id = idOf(work)
      const { options } = work.values
      const reason = options.get('reason')
      const { dataRetentionUntil } = await work.mt.lifecycle.delete(id, {
        ...ORIGIN,
        ...(options.has('hard') && { hard: true }),
        ...(reason !== undefined && { reason }),
      })
      const { did } = work.text
      return said(work, id, dataRetentionUntil ? did.deleted(id, day(dataRetentionUntil)) : did.purged(id))
    },
  },
  restore: {
    rule: { options: {}, places: ['<id>'] },
    help,
    async run(work) {
      const id = idOf(work)
      await work.mt.lifecycle.restore(id, ORIGIN)
      return said(work, id, work.text.did.restored(id))
    },
  },
}

function idOf({ values }: AdminWork): string {
  return values.places[0] ?? ''
}

async function show(work: AdminWork, id: string): Promise<number> {
  const { document, table } = await tenantDetails(work, id)
  work.print(document, () => table)
  return 0
}

/** What was done; as a document, the tenant as it is now. */
async function said(work: AdminWork, id: string, words: string): Promise<number> {
  const { document } = await tenantDetails(work, id)
  work.print(document, () => `${words}\n`)
  return 0
}

function day(date: NonNullable<TenantRecord['dataRetentionUntil']>): string {
  return date.toISOString().slice(0, 10)
}
