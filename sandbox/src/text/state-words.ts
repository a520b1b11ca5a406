import type { TenantState } from '@mt-paas/core'
import type { ConformanceState, SubscriptionState } from '../engine/entity/index.ts'
import type { ApplicationAction, MarketApplicationState } from '../market/application-state.ts'
import type { MailKind } from '../market/outbox.ts'
import type { SampleView } from '../market/samples.ts'
import type { ServiceHealth } from '../market/service-health.ts'
import type { Language } from './language.ts'

/** Words of states, decisions, kinds of mail and roles, by what the wire calls them. */
export interface StateWords {
  readonly marketStates: Readonly<Record<MarketApplicationState, string>>
  readonly applicationActions: Readonly<Record<ApplicationAction, string>>
  readonly subscriptionStates: Readonly<Record<SubscriptionState, string>>
  /** Of core and of the Standard API, where `deactivated` is any end. */
  readonly tenantStates: Readonly<Record<TenantState | 'deactivated', string>>
  readonly serverStates: Readonly<Record<'open' | 'closed', string>>
  readonly runStates: Readonly<Record<ConformanceState, string>>
  readonly mailKinds: Readonly<Record<MailKind, string>>
  readonly sampleStates: Readonly<Record<SampleView['state'], string>>
  readonly health: Readonly<Record<ServiceHealth['status'], string>>
  readonly roles: Readonly<Record<'admin' | 'user' | 'moderator', string>>
  readonly userStates: Readonly<Record<'active' | 'inactive' | 'suspended', string>>
}

const en: StateWords = {
  marketStates: {
    submitted: 'Submitted',
    provisioning: 'Provisioning',
    provisioned: 'Provisioned',
    failed: 'Failed',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
  },
  applicationActions: { approve: 'Approve', reject: 'Reject', withdraw: 'Withdraw', retry: 'Try again' },
  subscriptionStates: { active: 'Active', suspended: 'Suspended', expired: 'Expired', cancelled: 'Cancelled' },
  tenantStates: {
    pending: 'Pending',
    provisioning: 'Provisioning',
    active: 'Active',
    suspended: 'Suspended',
    deactivated: 'Deactivated',
    deleted: 'Deleted',
    purged: 'Permanently deleted',
  },
  serverStates: { open: 'Open', closed: 'Closed' },
  runStates: {
    running: 'Running',
    passed: 'Passed',
    failed: 'Failed',
    untested: 'Could not be tested',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
    error: 'Could not run',
  },
  mailKinds: {
    access: 'Access',
    rejected: 'Rejected',
    expiry_warning: 'Expiry warning',
    expired: 'Expired',
    suspended: 'Suspended',
    resumed: 'Resumed',
    plan_changed: 'Plan changed',
    renewed: 'Renewed',
    cancelled: 'Cancelled',
    password_reset: 'Password reset',
  },
  sampleStates: { running: 'Running', stopped: 'Stopped' },
  health: { healthy: 'Healthy', degraded: 'Degraded', unhealthy: 'Unhealthy', unreachable: 'Unreachable' },
  roles: { admin: 'Administrator', moderator: 'Moderator', user: 'User' },
  userStates: { active: 'Active', inactive: 'Inactive', suspended: 'Suspended' },
}

const ko: StateWords = {
  marketStates: {
    submitted: '승인 대기',
    provisioning: '준비 중',
    // Not '이용 중': what is provided may have ended since, which its subscription tells.
    provisioned: '준비 완료',
    failed: '실패',
    rejected: '반려됨',
    withdrawn: '취소됨',
  },
  applicationActions: { approve: '승인', reject: '반려', withdraw: '취소', retry: '다시 시도' },
  subscriptionStates: { active: '이용 중', suspended: '정지됨', expired: '만료됨', cancelled: '해지됨' },
  tenantStates: {
    pending: '대기',
    provisioning: '준비 중',
    active: '이용 중',
    suspended: '정지됨',
    deactivated: '비활성',
    deleted: '삭제됨',
    purged: '영구 삭제됨',
  },
  serverStates: { open: '열림', closed: '닫힘' },
  runStates: {
    running: '진행 중',
    passed: '통과',
    failed: '실패',
    untested: '검사하지 못함',
    cancelled: '취소됨',
    interrupted: '중단됨',
    error: '실행하지 못함',
  },
  mailKinds: {
    access: '접속 안내',
    rejected: '반려',
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
  roles: { admin: '관리자', moderator: '운영자', user: '사용자' },
  userStates: { active: '활성', inactive: '비활성', suspended: '정지됨' },
}

/** Words of states in every language; the page and the command line say the same. */
export const stateWords: Readonly<Record<Language, StateWords>> = Object.freeze({ en, ko })
