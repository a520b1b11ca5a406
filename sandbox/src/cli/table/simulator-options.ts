import { localised } from '../../conformance/localised.ts'
import { SIMULATOR_PORT } from '../../simulator/simulator-port.ts'
import type { OptionSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'

const SHAPE: Pick<OptionSpec, 'name' | 'value'> = { name: 'shape', value: localised('형식', 'shape') }

/** Where the simulator is. */
export const urlOption: OptionSpec = {
  name: 'url',
  value: values.url,
  about: localised(
    `시뮬레이터 (기본값 http://127.0.0.1:${SIMULATOR_PORT} 또는 MT_SIMULATOR_URL)`,
    `simulator (default http://127.0.0.1:${SIMULATOR_PORT}, or MT_SIMULATOR_URL)`,
  ),
}

/** What an application is to be. */
export const applicationOptions: readonly OptionSpec[] = [
  {
    name: 'service',
    value: localised('슬러그', 'slug'),
    about: localised('신청할 서비스 (기본값은 첫 번째 서비스)', 'service to apply for (default the first one)'),
  },
  { name: 'email', value: localised('이메일', 'e-mail'), about: localised('신청자', 'applicant') },
  { name: 'name', value: values.name, about: localised('신청자 이름', "applicant's name") },
  { name: 'university', value: values.name, about: localised('신청자의 대학교', "applicant's university") },
  { name: 'contact', value: values.text, about: localised('연락처', 'telephone number') },
  { name: 'reason', value: values.text, about: localised('신청 사유', 'reason') },
  { name: 'start-date', value: values.day, about: localised('YYYY-MM-DD', 'YYYY-MM-DD') },
  { name: 'end-date', value: values.day, about: localised('YYYY-MM-DD', 'YYYY-MM-DD') },
  { ...SHAPE, about: localised('flat, nested, standard', 'flat, nested or standard') },
  { name: 'webhook-url', value: values.url, about: localised('보낼 주소를 바꿉니다', 'another address to send to') },
  { name: 'api-key', value: values.key, about: localised('보낼 키를 바꿉니다', 'another key to send') },
]

/** A page of a list. */
export const pageOptions: readonly OptionSpec[] = [
  { name: 'before', value: values.number, about: localised('이 번호보다 앞선 것', 'those before this number') },
  {
    name: 'limit',
    value: values.count,
    about: localised('최대 개수 (기본값 50)', 'at most so many (default 50)'),
  },
]

/** Keys and secrets between a service and the market. */
export const serviceOptions: readonly OptionSpec[] = [
  { ...SHAPE, about: localised('flat, nested, standard', 'flat, nested or standard') },
  { name: 'api-key', value: values.key, about: localised('서비스가 기대하는 키', 'key the service expects') },
  { name: 'signing-secret', value: values.secret, about: localised('웹훅에 서명합니다', 'signs webhooks with it') },
  {
    name: 'service-key',
    value: values.key,
    about: localised('콜백이 X-Service-API-Key로 보내야 하는 키', 'what callbacks must carry as X-Service-API-Key'),
  },
  {
    name: 'callback-secret',
    value: values.secret,
    about: localised('콜백의 서명을 확인할 비밀 키', 'what callbacks must be signed with'),
  },
]

/** A body to send or to sign. */
export const bodyOption: OptionSpec = {
  name: 'body',
  value: localised('본문|@파일', 'text|@file'),
  about: localised('본문 그대로, @를 붙이면 파일에서', 'body as it stands, from a file with @'),
}
