import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { dictionary, languages } from '../text/index.ts'
import type { DemoResult } from './demo-result.ts'
import { resultTable } from './result-table.ts'

const RESULT: DemoResult = {
  tenant_id: 'demo_hanlim_1001',
  tenant_name: '한림대학교',
  database: 'tenant_demo_hanlim_1001',
  status: 'active',
  plan: 'demo',
  users: 1,
  administrators: ['홍길동 <admin@hallym.ac.kr>'],
  access_url: 'http://127.0.0.1:10300/?tenant=demo_hanlim_1001',
  expires_at: null,
  reused: false,
  service_url: 'http://127.0.0.1:10300',
  stats: {
    total_users: 1,
    active_users: 0,
    new_users_this_period: 1,
    total_sessions: 0,
    total_messages: 0,
    total_tokens: 0,
    estimated_cost_usd: 0,
  },
  provisioning_ms: 350,
  total_ms: 1_234,
}

describe('the table of the demo', () => {
  it.each(languages)('has lines of one width in %s, whatever the script', (language) => {
    const lines = resultTable(RESULT, dictionary(language)).trimEnd().split('\n')
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1)
    const text = lines.join('\n')
    for (const value of [RESULT.tenant_id, RESULT.database, '한림대학교', RESULT.access_url])
      expect(text).toContain(value)
  })

  it('says in each language what is what', () => {
    expect(resultTable(RESULT, dictionary('ko'))).toMatch(/│ 데이터베이스 +│ tenant_demo/)
    expect(resultTable({ ...RESULT, reused: true }, dictionary('en'))).toMatch(
      /│ Provisioning +│ 0\.35 s \(reused\) +│/,
    )
  })

  it('shows no control characters of a service', () => {
    const table = resultTable({ ...RESULT, status: 'a\u001B[31m\nb' }, dictionary('en'))
    expect(table).toContain('a\uFFFD[31m\uFFFDb')
  })
})
