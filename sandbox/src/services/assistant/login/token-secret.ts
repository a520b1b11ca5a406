import { randomBytes } from 'node:crypto'
import type { MultiTenantService } from '@mt-paas/core'

const NAME = 'user-tokens'
const BYTES = 48

/**
 * The secret that users' tokens are signed with: the configured one, or one that the first process makes and keeps in
 * the central database, so that tokens outlive processes and are good in all of them.
 */
export async function tokenSecret({
  configuration,
  databases,
}: Pick<MultiTenantService, 'configuration' | 'databases'>): Promise<string> {
  if (configuration.jwtSecret) return configuration.jwtSecret.reveal()
  return databases.locked(NAME, async () => {
    const em = databases.central()
    await em.execute('create table if not exists service_secrets (name text primary key, secret text not null)')
    await em.execute('insert into service_secrets (name, secret) values (?, ?) on conflict do nothing', [
      NAME,
      randomBytes(BYTES).toString('base64url'),
    ])
    const [row] = await em.execute<{ secret: string }[]>('select secret from service_secrets where name = ?', [NAME])
    if (!row) throw new Error('The secret of tokens was not kept')
    return row.secret
  })
}
