import type { FlatWebhook, NestedWebhook } from '@mt-paas/server/contract'

const applicant = { id: 1, name: '홍길동', email: 'admin@hallym.ac.kr', university_name: '한림대학교' }
const service = { id: 1, slug: 'advisor', title: 'Advisor' }

/** Bodies to begin with. */
export const templates = Object.freeze({
  flat: {
    application_id: 1,
    kind: 'demo',
    contact: '02-1234-5678',
    reason: '시범 운영',
    applicant,
    service,
    callback_url: null,
    start_date: null,
    end_date: null,
  } satisfies FlatWebhook,
  nested: {
    application: { id: 1, kind: 'demo', contact: '02-1234-5678', reason: '시범 운영' },
    applicant,
    service,
  } satisfies NestedWebhook,
})
