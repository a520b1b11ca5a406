import type { ConformanceState, SubscriptionState } from '../engine/entity/index.ts'
import type { MarketApplicationState } from '../market/application-state.ts'
import type { MailKind } from '../market/outbox.ts'
import type { SampleView } from '../market/samples.ts'
import type { ServiceHealth } from '../market/service-health.ts'

interface StateWords {
  readonly marketStates: Readonly<Record<MarketApplicationState, string>>
  readonly subscriptionStates: Readonly<Record<SubscriptionState, string>>
  readonly runStates: Readonly<Record<ConformanceState, string>>
  readonly mailKinds: Readonly<Record<MailKind, string>>
  readonly sampleStates: Readonly<Record<SampleView['state'], string>>
  readonly health: Readonly<Record<ServiceHealth['status'], string>>
  readonly roles: Readonly<Record<'admin' | 'user' | 'moderator', string>>
  readonly userStates: Readonly<Record<'active' | 'inactive' | 'suspended', string>>
}

/** What the wire calls states, kinds of mail and roles, in Korean; its English is good enough to be read. */
export const stateWordsKo: StateWords = {
  marketStates: {
    submitted: '승인 대기',
    provisioning: '준비 중',
    provisioned: '제공 중',
    failed: '실패',
    rejected: '거절됨',
    withdrawn: '철회됨',
  },
  subscriptionStates: { active: '사용 중', suspended: '정지됨', expired: '만료됨', cancelled: '해지됨' },
  runStates: {
    running: '실행 중',
    passed: '통과',
    failed: '실패',
    untested: '시험하지 못함',
    cancelled: '취소됨',
    interrupted: '중단됨',
    error: '오류',
  },
  mailKinds: {
    access: '접속 안내',
    rejected: '거절',
    expiry_warning: '만료 예정',
    expired: '만료',
    suspended: '정지',
    resumed: '재개',
    plan_changed: '요금제 변경',
    renewed: '연장',
    cancelled: '해지',
    password_reset: '비밀번호 재설정',
  },
  sampleStates: { running: '실행 중', stopped: '멈춤' },
  health: { healthy: '정상', degraded: '일부 장애', unhealthy: '장애', unreachable: '응답 없음' },
  roles: { admin: '관리자', user: '사용자', moderator: '중재자' },
  userStates: { active: '활성', inactive: '비활성', suspended: '정지됨' },
}
