import type { EntityManager } from '@mt-paas/core'
import type { SeedActivity } from './seed-activity.ts'
import type { SeedUser } from './seed-users.ts'

/** Adds people in one statement, and gives those back who are new. */
export async function insertUsers(em: EntityManager, people: readonly SeedUser[]): Promise<readonly SeedUser[]> {
  const rows = people.map(({ id, email, emailKey, name, role, status, createdAt, passwordHash }) => ({
    id,
    email,
    email_key: emailKey,
    name,
    role,
    status,
    password_hash: passwordHash,
    created_at: createdAt.toISOString(),
  }))
  const added = await em.execute<{ id: string }[]>(
    `insert into users (id, email, email_key, name, role, status, password_hash, created_at)
      select * from jsonb_to_recordset(?::jsonb) as g(id text, email text, email_key text, name text, role text,
        status text, password_hash text, created_at timestamptz)
      on conflict do nothing returning id`,
    [JSON.stringify(rows)],
  )
  const ids = new Set(added.map(({ id }) => id))
  return people.filter(({ id }) => ids.has(id))
}

/** Adds conversations with their messages, in two statements, and when people were seen last. */
export async function insertActivity(em: EntityManager, { sessions, messages }: SeedActivity): Promise<void> {
  await em.execute(
    `insert into sessions (id, user_id, title, started_at)
      select * from jsonb_to_recordset(?::jsonb) as g(id text, user_id text, title text, started_at timestamptz)`,
    [JSON.stringify(sessions)],
  )
  await em.execute(
    `insert into messages
      (id, session_id, user_id, author, content, model, input_tokens, output_tokens, created_at)
      select g.* from jsonb_to_recordset(?::jsonb) as g(id text, session_id text, user_id text, author text,
        content text, model text, input_tokens int, output_tokens int, created_at timestamptz)
      order by created_at, id`,
    [JSON.stringify(messages)],
  )
  await em.execute(
    `update users u set last_login = s.at
      from (select user_id, max(started_at) as at from sessions where id like 'seed\\_%' group by user_id) s
      where s.user_id = u.id`,
  )
}
