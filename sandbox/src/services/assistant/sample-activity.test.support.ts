import type { EntityManager } from '@mt-paas/core'
import { document, message, modelPrice, session, user } from './entity/index.ts'

/** Fills a tenant with two users, three sessions, two models and two months of messages, for tests. */
export async function addActivity(em: EntityManager): Promise<void> {
  const person = { role: 'user', status: 'active', passwordHash: null, lastLogin: null } as const
  const kim = em.create(user, {
    ...person,
    id: 'kim',
    email: 'kim@hallym.ac.kr',
    emailKey: 'kim@hallym.ac.kr',
    name: '김하늘',
    createdAt: new Date('2025-12-01T00:00:00Z'),
  })
  const lee = em.create(user, {
    ...person,
    id: 'lee',
    email: 'lee@hallym.ac.kr',
    emailKey: 'lee@hallym.ac.kr',
    name: '이바다 100%',
    createdAt: new Date('2026-01-30T23:59:59Z'),
  })
  const small = em.getReference(modelPrice, 'gpt-4o-mini')
  const large = em.getReference(modelPrice, 'gpt-4o')
  const sessions = [
    em.create(session, { id: 's1', user: kim, title: '졸업 요건', startedAt: new Date('2026-01-30T23:00:00Z') }),
    em.create(session, { id: 's2', user: lee, title: '수강 신청', startedAt: new Date('2026-01-31T00:00:00Z') }),
    em.create(session, { id: 's0', user: kim, title: '지난 학기', startedAt: new Date('2025-12-31T23:59:59Z') }),
  ] as const
  const answers = [
    [sessions[0], kim, small, 1_000_000, 500_000, '2026-01-30T23:00:01Z'],
    [sessions[0], kim, large, 100, 10, '2026-01-30T23:59:59.999Z'],
    [sessions[1], lee, small, 3, 1, '2026-01-31T00:00:00Z'],
    [sessions[2], kim, large, 1_000, 1_000, '2025-12-31T23:59:59.999Z'],
  ] as const
  for (const [index, [where, who, model, inputTokens, outputTokens, at]] of answers.entries()) {
    const createdAt = new Date(at)
    const common = { session: where, user: who, content: '글', createdAt }
    em.create(message, { ...common, id: `q${index}`, author: 'user', model: null, inputTokens: 0, outputTokens: 0 })
    em.create(message, { ...common, id: `a${index}`, author: 'assistant', model, inputTokens, outputTokens })
  }
  em.create(document, {
    id: 'd1',
    title: '학칙 Rules',
    content: 'x'.repeat(3 * 1_048_576 + 1),
    createdBy: lee,
    createdAt: new Date('2026-01-15T00:00:00Z'),
    updatedAt: null,
  })
  await em.flush()
}
