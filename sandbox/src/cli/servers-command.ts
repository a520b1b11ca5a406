import { stateWords } from '../text/state-words.ts'
import { textTable } from './text-table.ts'
import type { AdminWork } from './with-multi-tenant.ts'
import { withMultiTenant } from './with-multi-tenant.ts'

/** The commands `mt-paas servers …`. */
export const serverActions = {
  list: withMultiTenant(list),
  add: withMultiTenant(async (work) => {
    const { mt, line } = work
    const [id = '', url = ''] = line.arguments
    const [poolUrl, capacity] = [line.value('pool-url'), line.value('capacity')]
    await mt.databases.servers.add({
      id,
      url,
      ...(poolUrl !== undefined && { poolUrl }),
      ...(capacity !== undefined && { capacity: Number(capacity) }),
    })
    return list(work)
  }),
  open: withMultiTenant((work) => setState(work, 'open')),
  close: withMultiTenant((work) => setState(work, 'closed')),
} as const

async function setState(work: AdminWork, state: 'open' | 'closed'): Promise<number> {
  const { id } = await work.mt.databases.servers.get(work.line.arguments[0] ?? '')
  await work.mt.databases.servers.setState(id, state)
  return list(work)
}

/** Without connection strings, which hold passwords. */
async function list({ mt, text, print, line }: AdminWork): Promise<number> {
  const servers = (await mt.databases.servers.list()).map(({ id, state, capacity, url }) => {
    return { id, state, capacity, host: hostOf(url) }
  })
  const { columns } = text
  const { serverStates } = stateWords[line.text.language]
  print({ servers }, () =>
    textTable(
      [columns.server, columns.state, columns.capacity, columns.host],
      servers.map(({ id, state, capacity, host }) => [id, serverStates[state], String(capacity), host ?? '?']),
    ),
  )
  return 0
}

/** With its port, or the folder of its socket; null when an address is none, so that the list can show which to mend. */
function hostOf(url: string): string | null {
  const address = URL.parse(url)
  return address && (address.searchParams.get('host') ?? address.host)
}
