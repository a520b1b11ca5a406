import { localised } from './localised.ts'

/** Parts of the contract that a service may leave out; what is said when it does. */
export const capabilities = Object.freeze({
  standard: localised('표준 API를 제공하지 않습니다', 'The service does not serve the Standard API'),
  v2: localised('버전 2 프로시저를 제공하지 않습니다', 'The service does not serve the procedures of version 2'),
  billing: localised('청구 프로시저를 제공하지 않습니다', 'The service does not serve the billing procedures'),
  settingsWrite: localised('설정 변경을 저장하지 않습니다', 'The service does not keep changes of settings'),
  retention: localised(
    '비활성화된 테넌트의 데이터를 보존하지 않습니다',
    'The service keeps no data of deactivated tenants',
  ),
  freeIds: localised(
    '한글이나 공백이 든 테넌트 ID를 받지 않습니다',
    'The service takes no tenant ids with Korean or spaces',
  ),
  idempotency: localised('멱등 키를 지원하지 않습니다', 'The service does not know idempotency keys'),
  trpc: localised('tRPC를 제공하지 않습니다', 'The service does not speak tRPC'),
  document: localised('OpenAPI 문서를 제공하지 않습니다', 'The service serves no OpenAPI document'),
  webhook: localised('auto-provision 웹훅을 받지 않습니다', 'The service takes no auto-provision webhook'),
  nestedWebhook: localised(
    'application-approved 웹훅을 받지 않습니다',
    'The service takes no application-approved webhook',
  ),
  webhookSecret: localised(
    '웹훅 서명 비밀 키를 알려 주지 않았습니다 (--webhook-secret)',
    'The secret that webhooks are signed with was not given (--webhook-secret)',
  ),
  callback: localised(
    '콜백을 받을 포트를 알려 주지 않았습니다 (--callback-port)',
    'No port to await callbacks on was given (--callback-port)',
  ),
  serviceKey: localised(
    '서비스가 콜백에 보내는 키를 알려 주지 않았습니다 (--service-key)',
    'The key that the service sends with callbacks was not given (--service-key)',
  ),
  callbackSecret: localised(
    '콜백 서명 비밀 키를 알려 주지 않았습니다 (--callback-secret)',
    'The secret that callbacks are signed with was not given (--callback-secret)',
  ),
  compat: localised('예전 조회 경로를 제공하지 않습니다', 'The service does not serve the old reads'),
  simulatorReads: localised(
    '시뮬레이터의 조회 경로를 제공하지 않습니다',
    "The service does not serve the simulator's reads",
  ),
})

/** One of {@link capabilities}. */
export type Capability = keyof typeof capabilities

/** Every capability. */
export const capabilityNames = Object.keys(capabilities) as readonly Capability[]
