import { localised } from '../../conformance/localised.ts'
import type { GroupSpec, RunnableSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'
import { choice, columns, NUMBER, OF_SERVICE, PAGE, type RemoteOption, remote, SEARCH, text } from './remote.ts'
import { urlOption } from './simulator-options.ts'

const { id, kind, state, status, university, applicant, appliedService, service, tenant, plan, reason, problem } =
  columns
const { start, end, account, email, name, to, subject, at, sentAt, delivery, replayed, forgotten } = columns
const DELIVERY_STATES = ['waiting', 'sending', 'delivered', 'failed', 'stopped']

const APPLICATION = [
  id,
  { ...kind, words: 'kinds' } as const,
  { ...state, words: 'marketStates' } as const,
  university,
  applicant,
  appliedService,
  tenant,
  plan,
  reason,
]
const STATUS = { ...status, words: 'subscriptionStates' } as const
const SUBSCRIPTION = [id, service, tenant, account, plan, STATUS, start, end, problem]
const MAIL_KIND = { ...kind, words: 'mailKinds' } as const
const FAILURE = { ...columns.reason, path: 'reason', words: 'reasons' } as const
const WHY: RemoteOption = text('reason', localised('사유 (필수)', 'why (required)'), { needed: true })
const day = (name: string, ko: string, en: string) => text(name, localised(ko, en), { value: values.day })
const PLAN = text('plan', localised('요금제', 'plan'), { value: values.name })

const sendSpec: RunnableSpec = {
  name: 'send',
  about: localised('신청의 웹훅을 다시 보냅니다', "sends an application's webhook again"),
  places: [{ name: values.number }],
  options: [urlOption],
  operations: ['simulator.sendApplication'],
  load: async () => (await import('../simulator/sending-commands.ts')).sendCommand,
}

const APPLY: readonly RemoteOption[] = [
  choice('kind', ['demo', 'service'], { fallback: 'demo' }),
  PLAN,
  text('email', localised('신청자', 'applicant'), { member: 'applicant.email' }),
  text('name', localised('신청자 이름', "applicant's name"), { member: 'applicant.name' }),
  text('university', localised('신청자의 대학교', "applicant's university"), { member: 'applicant.university_name' }),
  text('contact', localised('연락처', 'telephone number')),
  text('reason', localised('신청 사유', 'reason')),
  day('start-date', 'YYYY-MM-DD', 'YYYY-MM-DD'),
  day('end-date', 'YYYY-MM-DD', 'YYYY-MM-DD'),
]

/** `mt-paas applications …`. */
export const applicationsSpec: GroupSpec = {
  name: 'applications',
  about: localised('신청: 조회, 승인, 반려', 'applications: list, approve, reject'),
  usual: 'list',
  commands: [
    remote(['market.listApplications', 'GET', '/market/applications'], {
      name: 'list',
      about: localised('신청을 최근 것부터 보여 줍니다', 'lists applications, newest first'),
      options: [
        choice('state', ['submitted', 'provisioning', 'provisioned', 'failed', 'rejected', 'withdrawn']),
        choice('kind', ['demo', 'service']),
        OF_SERVICE,
        SEARCH,
        ...PAGE,
      ],
      columns: APPLICATION,
      rows: 'applications',
    }),
    remote(['market.getApplication', 'GET', '/market/applications/{id}'], {
      name: 'show',
      about: localised('신청 하나를 보여 줍니다', 'shows an application'),
      places: [NUMBER],
      columns: APPLICATION,
    }),
    remote(['market.submitApplication', 'POST', '/market/applications'], {
      name: 'apply',
      about: localised('승인이 필요한 신청을 접수합니다', 'hands in an application, which waits for approval'),
      places: [{ name: localised('슬러그', 'slug'), member: 'service' }],
      options: APPLY,
      columns: APPLICATION,
    }),
    remote(['market.approve', 'POST', '/market/applications/{id}/approve'], {
      name: 'approve',
      about: localised('승인하고 서비스에 웹훅을 보냅니다', 'approves, which sends the webhook'),
      places: [NUMBER],
      options: [PLAN, day('start-date', '시작일', 'first day'), day('end-date', '종료일', 'last day')],
      columns: APPLICATION,
    }),
    remote(['market.reject', 'POST', '/market/applications/{id}/reject'], {
      name: 'reject',
      about: localised('반려합니다', 'rejects'),
      places: [NUMBER],
      options: [WHY],
      columns: APPLICATION,
    }),
    remote(['market.withdraw', 'POST', '/market/applications/{id}/withdraw'], {
      name: 'withdraw',
      about: localised('신청을 취소합니다', 'withdraws'),
      places: [NUMBER],
      columns: APPLICATION,
    }),
    remote(['market.retry', 'POST', '/market/applications/{id}/retry'], {
      name: 'retry',
      about: localised('실패한 신청의 웹훅을 지금 보냅니다', 'sends the webhook of one that failed now'),
      places: [NUMBER],
      columns: APPLICATION,
    }),
    sendSpec,
  ],
}

/** `mt-paas subscriptions …`. */
export const subscriptionsSpec: GroupSpec = {
  name: 'subscriptions',
  about: localised('구독: 조회, 정지, 재개, 연장, 해지', 'subscriptions: list, suspend, resume, renew, cancel'),
  usual: 'list',
  commands: [
    remote(['market.listSubscriptions', 'GET', '/market/subscriptions'], {
      name: 'list',
      about: localised('구독을 최근 것부터 보여 줍니다', 'lists subscriptions, newest first'),
      options: [
        choice('status', ['active', 'suspended', 'expired', 'cancelled']),
        OF_SERVICE,
        text('account', localised('계정 번호', 'number of an account'), { member: 'account_id', kind: 'number' }),
        SEARCH,
        ...PAGE,
      ],
      columns: SUBSCRIPTION,
      rows: 'subscriptions',
    }),
    remote(['market.getSubscription', 'GET', '/market/subscriptions/{id}'], {
      name: 'show',
      about: localised('구독 하나를 보여 줍니다', 'shows a subscription'),
      places: [NUMBER],
      columns: SUBSCRIPTION,
    }),
    remote(['market.suspend', 'POST', '/market/subscriptions/{id}/suspend'], {
      name: 'suspend',
      about: localised('정지합니다', 'suspends'),
      places: [NUMBER],
      options: [WHY],
      columns: SUBSCRIPTION,
    }),
    remote(['market.resume', 'POST', '/market/subscriptions/{id}/resume'], {
      name: 'resume',
      about: localised('재개합니다', 'resumes'),
      places: [NUMBER],
      columns: SUBSCRIPTION,
    }),
    remote(['market.changePlan', 'POST', '/market/subscriptions/{id}/plan'], {
      name: 'change-plan',
      about: localised('요금제를 바꿉니다', 'changes the plan'),
      places: [NUMBER, { name: localised('요금제', 'plan'), member: 'plan' }],
      columns: SUBSCRIPTION,
    }),
    remote(['market.renew', 'POST', '/market/subscriptions/{id}/renew'], {
      name: 'renew',
      about: localised('기간을 연장합니다', 'renews'),
      places: [NUMBER],
      options: [day('end-date', '종료일', 'last day')],
      columns: SUBSCRIPTION,
    }),
    remote(['market.cancel', 'POST', '/market/subscriptions/{id}/cancel'], {
      name: 'cancel',
      about: localised('해지합니다. 데이터는 보관 기간 동안 남습니다', 'cancels; data is kept for the retention time'),
      places: [NUMBER],
      options: [
        {
          name: 'delete-data',
          member: 'preserve_data',
          sets: false,
          about: localised('데이터도 지웁니다', 'removes the data as well'),
        },
      ],
      columns: SUBSCRIPTION,
    }),
  ],
}

/** `mt-paas accounts …`. */
export const accountsSpec: GroupSpec = {
  name: 'accounts',
  about: localised('테넌트 관리자의 계정', "accounts of tenants' administrators"),
  usual: 'list',
  commands: [
    remote(['market.listAccounts', 'GET', '/market/accounts'], {
      name: 'list',
      about: localised('계정 목록을 보여 줍니다', 'lists accounts'),
      columns: [id, email, name],
      rows: 'accounts',
    }),
    remote(['market.resetPassword', 'POST', '/market/accounts/{id}/password'], {
      name: 'reset-password',
      about: localised('한 번만 쓸 수 있는 비밀번호를 메일로 보냅니다', 'mails a password for one login'),
      places: [NUMBER],
    }),
  ],
}

/** `mt-paas outbox …`. */
export const outboxSpec: GroupSpec = {
  name: 'outbox',
  about: localised('마켓이 보낸 메일', 'mails of the market'),
  usual: 'list',
  commands: [
    remote(['market.listMails', 'GET', '/market/outbox'], {
      name: 'list',
      about: localised('메일을 최근 것부터 보여 줍니다', 'lists mails, newest first'),
      options: [text('kind', localised('종류', 'kind')), SEARCH, ...PAGE],
      columns: [id, MAIL_KIND, to, subject, sentAt],
      rows: 'mails',
    }),
    remote(['market.getMail', 'GET', '/market/outbox/{id}'], {
      name: 'show',
      about: localised('메일 하나를 보여 줍니다', 'shows a mail'),
      places: [NUMBER],
      columns: [id, MAIL_KIND, to, subject, sentAt],
      words: 'content.{lang}.text',
    }),
  ],
}

/** `mt-paas deliveries …`. */
export const deliveriesSpec: GroupSpec = {
  name: 'deliveries',
  about: localised('전송 기록: 조회, 일괄 재전송, 삭제', 'log of deliveries: list, send many again, forget'),
  usual: 'list',
  commands: [
    remote(['market.listDeliveries', 'GET', '/market/deliveries'], {
      name: 'list',
      about: localised('전송을 최근 것부터 보여 줍니다', 'lists deliveries, newest first'),
      options: [
        choice('state', DELIVERY_STATES),
        OF_SERVICE,
        text('reason', localised('실패 원인', 'reason of failure')),
        SEARCH,
        ...PAGE,
      ],
      columns: [delivery, service, { ...state, words: 'deliveryStates' }, FAILURE, at],
      rows: 'deliveries',
    }),
    remote(['market.replayDeliveries', 'POST', '/market/deliveries/replay'], {
      name: 'replay',
      about: localised('조건에 맞는 전송을 다시 보냅니다', 'sends those again that fit'),
      options: [
        text('ids', localised('전송 ID (쉼표로 구분)', 'ids, separated by commas'), { kind: 'list' }),
        choice('state', DELIVERY_STATES, { member: 'filter.state' }),
        text('service', localised('서비스의 슬러그', 'slug of the service'), { member: 'filter.service' }),
        text('reason', localised('실패 원인', 'reason of failure'), { member: 'filter.reason' }),
        { ...(PAGE[1] ?? SEARCH), fallback: '1000' },
      ],
      columns: [replayed, columns.skipped, columns.remaining],
    }),
    remote(['simulator.forgetDeliveries', 'POST', '/deliveries/forget'], {
      name: 'forget',
      about: localised('오래된 전송을 지웁니다', 'forgets old deliveries'),
      options: [
        text('older-than', localised('이보다 오래된 것 (예: 30d)', 'older than this, as 30d'), {
          member: 'older_than_ms',
          kind: 'duration',
          needed: true,
        }),
      ],
      columns: [forgotten],
    }),
  ],
}
