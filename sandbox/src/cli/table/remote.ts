import { type Localised, localised } from '../../conformance/localised.ts'
import type { WordKind } from '../../text/value-words.ts'
import type { OptionSpec, PlaceSpec, RunnableSpec } from '../command/command-spec.ts'
import type { MemberKind, RemoteCall, RemoteColumn, RemoteMember } from '../market/remote-call.ts'
import { values } from './option-values.ts'
import { urlOption } from './simulator-options.ts'

/** An argument that is a member of the input. */
export interface RemotePlace extends PlaceSpec {
  readonly member: string
  readonly kind?: MemberKind
}

/** An option that is a member of the input, by its name with `_` for `-` unless told otherwise. */
export interface RemoteOption extends OptionSpec {
  readonly member?: string
  readonly kind?: MemberKind
  readonly sets?: unknown
  readonly spread?: boolean
}

/** A command that is one operation of the market. */
export interface RemoteSpec extends Pick<RunnableSpec, 'name' | 'about' | 'more'> {
  readonly places?: readonly RemotePlace[]
  readonly options?: readonly RemoteOption[]
  readonly columns?: readonly RemoteColumn[]
  readonly rows?: string
  readonly words?: string
  readonly list?: RemoteCall['list']
}

/** An operation of the market's router, as `GET /market/services`. */
export type OperationRoute = readonly [operation: string, method: RemoteCall['method'], path: `/${string}`]

/** A command that calls an operation. */
export function remote([operation, method, path]: OperationRoute, spec: RemoteSpec): RunnableSpec {
  const { places = [], options = [], columns = [], rows, words, list, ...named } = spec
  const members: readonly RemoteMember[] = [
    ...places.map(({ member, name, kind = 'text' }, from) => ({ from, member, kind, label: name })),
    ...options.map(({ name, member = name.replaceAll('-', '_'), kind = 'text', sets, spread }) => ({
      from: name,
      member,
      kind,
      ...(sets !== undefined && { sets }),
      ...(spread !== undefined && { spread }),
    })),
  ]
  const call: RemoteCall = {
    ...{ operation, method, path, members, columns },
    ...(rows !== undefined && { rows }),
    ...(words !== undefined && { words }),
    ...(list && { list }),
  }
  return {
    ...named,
    places,
    options: [...options, urlOption],
    operations: [operation],
    call,
    load: async () => (await import('../market/remote-command.ts')).remoteCommand(call),
  }
}

/** An option with a text. */
export function text(name: string, about: Localised, more: Partial<RemoteOption> = {}): RemoteOption {
  return { name, value: values.text, about, ...more }
}

/** An option whose value is one of a few. */
export function choice(name: string, choices: readonly string[], more: Partial<RemoteOption> = {}): RemoteOption {
  const list = choices.join(', ')
  return { name, value: values.text, about: localised(list, list), rule: { kind: 'choice', choices }, ...more }
}

/** The number of an application, a subscription, an account, a mail or a run. */
export const NUMBER: RemotePlace = { name: values.number, member: 'id', kind: 'number' }

/** The slug of a service. */
export const SLUG: RemotePlace = { name: localised('슬러그', 'slug'), member: 'slug' }

/** Options of a list. */
export const PAGE: readonly RemoteOption[] = [
  {
    name: 'before',
    value: values.number,
    kind: 'number',
    about: localised('이 번호보다 앞선 것', 'those before this number'),
  },
  {
    name: 'limit',
    value: values.count,
    kind: 'number',
    about: localised('최대 개수', 'at most so many'),
    fallback: '50',
  },
]

/** A word to look for. */
export const SEARCH = text('text', localised('찾을 글자', 'text that they hold'))

/** Only those of a service. */
export const OF_SERVICE = text('service', localised('서비스의 슬러그', 'slug of the service'))

const column = (ko: string, en: string, path: string): RemoteColumn => ({ heading: localised(ko, en), path })

/** A column whose values are told in the reader's language. */
const inWords = (words: WordKind, of: RemoteColumn): RemoteColumn => ({ ...of, words })

/** Columns of answers. */
export const columns = Object.freeze({
  id: column('번호', 'Id', 'id'),
  kind: inWords('kinds', column('종류', 'Kind', 'kind')),
  state: column('상태', 'State', 'state'),
  status: column('상태', 'Status', 'status'),
  university: column('대학교', 'University', 'applicant.university_name'),
  applicant: column('신청자', 'Applicant', 'applicant.email'),
  appliedService: column('서비스', 'Service', 'service.slug'),
  service: column('서비스', 'Service', 'service'),
  tenant: column('테넌트', 'Tenant', 'tenant_id'),
  plan: column('요금제', 'Plan', 'plan'),
  reason: column('사유', 'Reason', 'decision_reason'),
  problem: column('문제', 'Problem', 'problem'),
  start: column('시작일', 'Start', 'start_date'),
  end: column('종료일', 'End', 'end_date'),
  account: column('계정', 'Account', 'account.email'),
  slug: column('슬러그', 'Slug', 'slug'),
  address: column('주소', 'Address', 'base_url'),
  shape: inWords('shapes', column('형식', 'Shape', 'shape')),
  key: column('키', 'Key', 'api_key_hint'),
  nextKey: column('다음 키', 'Next key', 'next_api_key_hint'),
  health: inWords('health', column('상태', 'Health', 'health.status')),
  subscriptions: column('구독', 'Subscriptions', 'subscriptions'),
  title: column('제목', 'Title', 'title'),
  url: column('주소', 'Address', 'url'),
  email: column('이메일', 'E-mail', 'email'),
  name: column('이름', 'Name', 'name'),
  role: inWords('roles', column('역할', 'Role', 'role')),
  user: column('사용자', 'User', 'user_id'),
  to: column('받는 사람', 'To', 'to'),
  subject: column('제목', 'Subject', 'content.{lang}.subject'),
  sentAt: column('시각', 'Time', 'at'),
  started: column('시작', 'Started', 'started_at'),
  done: column('끝난 항목', 'Done', 'done'),
  total: column('모든 항목', 'Checks', 'total'),
  mustFailed: column('MUST 실패', 'MUST failed', 'must.fail'),
  shouldFailed: column('SHOULD 실패', 'SHOULD failed', 'should.fail'),
  verdict: column('결과', 'Verdict', 'verdict'),
  at: column('시각', 'Time', 'created_at'),
  delivery: column('전송', 'Delivery', 'id'),
  replayed: column('다시 보냄', 'Sent again', 'replayed'),
  forgotten: column('지움', 'Forgotten', 'forgotten'),
  skipped: column('보내지 않음', 'Not sent', 'skipped'),
  remaining: column('남음', 'Remaining', 'remaining'),
})
