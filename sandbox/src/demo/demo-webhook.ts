import type { FlatWebhook } from '@mt-paas/server/contract'

const APPLICATION_ID = 1001
const DEMO_DAYS = 30
const DAY = 86_400_000

/** Headers of the market's webhooks, as they were recorded. */
export function webhookHeaders(apiKey: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'application/json',
    'X-API-Key': apiKey,
    Accept: '*/*',
    'Accept-Encoding': 'gzip, deflate',
  }
}

/** The application of the demo, in the market's flat shape. */
export function demoWebhook(now: Date): FlatWebhook {
  return {
    application_id: APPLICATION_ID,
    kind: 'demo',
    contact: '02-2001-8007',
    reason: '한림대학교 demo 신청',
    applicant: { id: 1, name: '홍길동', email: 'admin@hallym.ac.kr', university_name: '한림대학교' },
    service: { id: 1, slug: 'advisor', title: 'Advisor' },
    start_date: day(now),
    end_date: day(new Date(now.getTime() + DEMO_DAYS * DAY)),
  }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
