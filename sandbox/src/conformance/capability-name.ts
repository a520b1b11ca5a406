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
    '한글이나 공백이 든 테넌트 id를 받지 않습니다',
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
