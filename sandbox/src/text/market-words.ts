import type { ApplicationState, AttemptState, CallbackVerdict, DeliveryState } from '../engine/entity/index.ts'
import type { deliverySources, FailureReason, FaultPreset } from '../engine/index.ts'
import type { Language } from './language.ts'

/** Words of the market, by what the wire calls them. */
export interface MarketWords {
  readonly deliveryStates: Readonly<Record<DeliveryState, string>>
  readonly attemptStates: Readonly<Record<AttemptState, string>>
  readonly applicationStates: Readonly<Record<ApplicationState, string>>
  readonly sources: Readonly<Record<(typeof deliverySources)[number], string>>
  readonly shapes: Readonly<Record<'flat' | 'nested' | 'standard' | 'custom', string>>
  readonly kinds: Readonly<Record<'demo' | 'service', string>>
  readonly reasons: Readonly<Record<FailureReason, string>>
  readonly verdicts: Readonly<Record<CallbackVerdict, string>>
  readonly faults: Readonly<Record<FaultPreset, { readonly name: string; readonly says: string }>>
}

const en: MarketWords = {
  deliveryStates: {
    waiting: 'Waiting',
    sending: 'Sending',
    delivered: 'Delivered',
    failed: 'Failed',
    stopped: 'Stopped',
  },
  attemptStates: { sending: 'Sending', succeeded: 'Succeeded', failed: 'Failed', interrupted: 'Interrupted' },
  applicationStates: { pending: 'Pending', sent: 'Sent', completed: 'Completed', failed: 'Failed' },
  sources: { application: 'Application', provision: 'Provision', custom: 'Custom message', trigger: 'Scenario' },
  shapes: { flat: 'Flat webhook', nested: 'Nested webhook', standard: 'Standard API', custom: 'Custom' },
  kinds: { demo: 'Demo', service: 'Service' },
  reasons: {
    connection_refused: 'Connection refused',
    connection_reset: 'Connection reset',
    dns: 'Host not found',
    tls: 'TLS failed',
    timeout: 'Timed out',
    unreachable: 'Unreachable',
    target_refused: 'Address not allowed',
    answer_too_large: 'Answer too large',
    redirect: 'Redirected',
    invalid_payload: 'Payload refused',
    unauthorized: 'Not authorised',
    not_found: 'Not found',
    conflict: 'Conflict',
    gone: 'Gone',
    rate_limited: 'Rate limited',
    client_error: 'Client error',
    unavailable: 'Unavailable',
    server_error: 'Server error',
    unexpected_status: 'Unexpected status',
    fault: 'Fault on purpose',
  },
  verdicts: {
    accepted: 'Accepted',
    unchecked: 'Taken unchecked',
    repeated: 'Repeated',
    refused: 'Refused',
    malformed: 'Malformed',
  },
  faults: {
    flaky: { name: 'Flaky network', says: 'Requests are lost, or their answers are.' },
    'duplicate-storm': { name: 'Duplicate storm', says: 'Every attempt is sent five times at once.' },
    'out-of-order': { name: 'Out of order', says: 'Deliveries are held back for up to ten seconds.' },
    'slow-network': { name: 'Slow network', says: 'Bodies trickle in byte by byte.' },
    'key-rotated': { name: 'Key rotated', says: 'The next API key is sent in place of the present one.' },
    'market-restarts': {
      name: 'Market restarts',
      says: 'The connection is cut half-way through the body, then tried again.',
    },
    'bad-signatures': { name: 'Bad signatures', says: 'Signatures are wrong, an hour old, or missing.' },
  },
}

const ko: MarketWords = {
  deliveryStates: { waiting: '대기', sending: '전송 중', delivered: '전송됨', failed: '실패', stopped: '중단됨' },
  attemptStates: { sending: '전송 중', succeeded: '성공', failed: '실패', interrupted: '끊김' },
  applicationStates: { pending: '접수', sent: '전송됨', completed: '완료', failed: '실패' },
  sources: { application: '신청', provision: '즉시 생성', custom: '직접 작성', trigger: '시나리오' },
  shapes: { flat: '평면 웹훅', nested: '중첩 웹훅', standard: '표준 API', custom: '직접 작성' },
  kinds: { demo: '데모', service: '정식 서비스' },
  reasons: {
    connection_refused: '연결 거부',
    connection_reset: '연결 끊김',
    dns: '호스트를 찾을 수 없음',
    tls: 'TLS 실패',
    timeout: '시간 초과',
    unreachable: '연결할 수 없음',
    target_refused: '허용되지 않은 주소',
    answer_too_large: '응답이 너무 큼',
    redirect: '리디렉션',
    invalid_payload: '본문 거부',
    unauthorized: '인증 실패',
    not_found: '찾을 수 없음',
    conflict: '충돌',
    gone: '더 이상 없음',
    rate_limited: '요청 제한',
    client_error: '클라이언트 오류',
    unavailable: '사용 불가',
    server_error: '서버 오류',
    unexpected_status: '예상하지 못한 상태',
    fault: '의도한 장애',
  },
  verdicts: {
    accepted: '수락',
    unchecked: '확인 없이 수락',
    repeated: '반복',
    refused: '거부',
    malformed: '형식 오류',
  },
  faults: {
    flaky: { name: '불안정한 네트워크', says: '요청이나 응답이 사라집니다.' },
    'duplicate-storm': { name: '중복 폭주', says: '한 번의 시도를 동시에 다섯 번 보냅니다.' },
    'out-of-order': { name: '순서 뒤바뀜', says: '전송을 최대 10초까지 붙잡아 둡니다.' },
    'slow-network': { name: '느린 네트워크', says: '본문을 조금씩 천천히 보냅니다.' },
    'key-rotated': { name: '키 교체', says: '현재 API 키 대신 다음 키를 보냅니다.' },
    'market-restarts': { name: '마켓 재시작', says: '본문 중간에 연결을 끊고 다시 시도합니다.' },
    'bad-signatures': { name: '잘못된 서명', says: '서명이 틀리거나, 한 시간 지났거나, 없습니다.' },
  },
}

/** Words of the market in every language. */
export const marketWords: Readonly<Record<Language, MarketWords>> = Object.freeze({ en, ko })
