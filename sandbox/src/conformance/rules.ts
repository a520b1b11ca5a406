import { type Localised, localised } from './localised.ts'

/** A promise of the contract: the part it stands in, and what it says in our own words. */
export interface Rule {
  readonly section: string
  readonly text: Localised
}

function rule(section: string, [ko, en]: readonly [string, string]): Rule {
  return Object.freeze({ section, text: localised(ko, en) })
}

/** Every promise that the checks look at. Each has at least one check. */
export const rules = Object.freeze({
  classic: rule('Webhooks: the five classic checks', [
    '마켓이 서비스를 받아들일 때 처음부터 사용해 온 다섯 가지 검사를 통과합니다.',
    'The service passes the five checks with which the market has always accepted services.',
  ]),
  health: rule('Health', [
    '상태 확인은 키 없이 언제나 200이며 상태, 버전, 초 단위 UTC 시각을 알려 줍니다.',
    'Health is always 200, without a key, and gives a state, a version and the UTC time in whole seconds.',
  ]),
  activate: rule('Lifecycle: activate', [
    '활성화는 테넌트를 만들고 같은 ID와 접속 주소를 답합니다. 이미 활성화된 테넌트는 409입니다.',
    'Activation makes the tenant and answers with the same id and an access URL; an active tenant is 409.',
  ]),
  activateBody: rule('Lifecycle: the body of activate', [
    '필수 항목이 없거나 형식이 다르면 422, 경로와 본문의 ID가 다르면 400이며 아무것도 만들지 않습니다.',
    'Missing or mistyped members are 422, an id that differs from the path is 400, and nothing is made.',
  ]),
  deactivate: rule('Lifecycle: deactivate', [
    '비활성화는 200이며 데이터 보존 여부와 기한을 답하고, 상태 조회에도 나타납니다.',
    'Deactivation is 200, says whether and until when data is kept, and shows in the status.',
  ]),
  resume: rule('Lifecycle: coming back', [
    '보존 기간 안의 테넌트는 데이터와 함께 다시 시작되고, 삭제된 테넌트는 빈 상태로 새로 만들어집니다.',
    'A tenant whose data is kept resumes with it; one whose data was removed begins anew, empty.',
  ]),
  status: rule('Lifecycle: status', [
    '상태 조회는 활성화할 때의 요금제와 기능, 현재 상태를 알려 줍니다.',
    'Status gives the plan and features of the activation and how the tenant stands.',
  ]),
  usage: rule('Usage', [
    '사용량은 요청한 달을 그대로 되돌려 주며, 사용이 없는 달은 404가 아니라 0입니다.',
    'Usage echoes the month asked for; a month without use is zeros and not 404.',
  ]),
  period: rule('Usage: period', [
    '기간은 YYYY-MM(한 자리 월 허용)입니다. 다른 형식은 400, 없으면 422입니다.',
    'A period is YYYY-MM, also with a one-digit month; another form is 400, none at all is 422.',
  ]),
  stats: rule('Statistics', [
    '통계는 요청한 기간을 되돌려 주며 합계가 서로 맞습니다.',
    'Statistics echo the span asked for, and their totals agree with one another.',
  ]),
  costs: rule('Statistics: costs', [
    '모델별, 일별 비용의 합은 전체 비용과 같습니다.',
    'Costs by model and by day each add up to the total.',
  ]),
  topUsers: rule('Statistics: top users', [
    '상위 사용자는 limit 이하이며 순서가 정해져 있습니다.',
    'Top users are at most as many as asked for, in a fixed order.',
  ]),
  listUsers: rule('Users: list', [
    '사용자 목록은 필터를 지키고, total은 필터 뒤 페이지 앞의 수입니다.',
    'The list of users obeys its filters; total counts after the filters and before paging.',
  ]),
  createUser: rule('Users: create', [
    '사용자 생성은 201이며 비밀번호는 절대 돌려주지 않습니다. 같은 이메일은 409입니다.',
    'Creating a user is 201 and never gives a password back; an e-mail that is there already is 409.',
  ]),
  getUser: rule('Users: read', [
    '사용자 한 명을 조회하며, 모르는 사용자는 404 USER_NOT_FOUND입니다.',
    'One user can be read; an unknown one is 404 USER_NOT_FOUND.',
  ]),
  updateUser: rule('Users: update', [
    '수정은 이름이 적힌 항목만 바꾸고 이메일은 바꾸지 않습니다.',
    'An update changes only what it names, and never the e-mail.',
  ]),
  deleteUser: rule('Users: delete', [
    '삭제는 200과 본문이며, 그 뒤로 사용자는 404입니다.',
    'Deleting is 200 with a body; afterwards the user is 404.',
  ]),
  resources: rule('Resources', [
    '자료 목록은 종류, 검색어, 페이지를 지킵니다.',
    'The list of resources obeys type, search and page.',
  ]),
  settings: rule('Settings', [
    '설정 변경은 이름이 적힌 항목만 바꾸고, 나머지는 그대로 둡니다.',
    'A change of settings changes only what it names and leaves the rest.',
  ]),
  billing: rule('Billing', [
    '청구서는 금액 = 수량 × 단가이고, 소계와 합계가 맞습니다.',
    'In a bill an amount is quantity × unit price, and subtotal and total add up.',
  ]),
  auth: rule('Authentication', [
    '모든 경로는 키가 틀리면 정확히 401이며 아무 일도 일어나지 않습니다.',
    'Every route answers exactly 401 to a wrong key, and nothing happens.',
  ]),
  authMissing: rule('Authentication: no key', [
    '모든 경로는 키가 없으면 정확히 401입니다.',
    'Every route answers exactly 401 to a request without a key.',
  ]),
  authForm: rule('Authentication: form', [
    '인증은 본문을 읽기 전에 하고, 무엇이 틀렸는지 알려 주지 않습니다.',
    'Authentication comes before the body is read and does not say what was wrong.',
  ]),
  unknownTenant: rule('Errors: unknown tenant', [
    '모르는 테넌트는 모든 경로에서 404 TENANT_NOT_FOUND입니다.',
    'An unknown tenant is 404 TENANT_NOT_FOUND on every route.',
  ]),
  errorBody: rule('Errors: body', [
    '모든 오류는 success, error, message, detail, details, request_id를 가진 JSON입니다.',
    'Every error is JSON with success, error, message, detail, details and request_id.',
  ]),
  validation: rule('Errors: validation', [
    '422는 맞지 않는 위치를 알려 주고, 보낸 값은 되돌려 주지 않습니다.',
    'A 422 names the places that do not fit and never repeats the values that were sent.',
  ]),
  routing: rule('HTTP: routes', [
    '없는 경로는 404, 다른 메서드는 405이며, 경로는 대소문자를 구별하고 한 번만 해석합니다.',
    'Unknown paths are 404, other methods 405; paths are case-sensitive and decoded once.',
  ]),
  headers: rule('HTTP: headers', [
    'Allow는 모든 메서드를 알려 주고, HEAD와 OPTIONS가 동작하며, 모든 응답에 X-Request-Id가 있습니다.',
    'Allow names every method, HEAD and OPTIONS work, and every answer carries X-Request-Id.',
  ]),
  query: rule('HTTP: query', [
    '쿼리의 정수는 정해진 표기만 받고, 모르는 매개변수는 무시합니다.',
    'Integers in a query have fixed notations; unknown parameters are ignored.',
  ]),
  body: rule('HTTP: body', [
    '본문은 application/json과 +json, 또는 형식 표시가 없을 때 JSON으로 읽고, 그 밖에는 422입니다.',
    'Bodies are JSON for application/json, +json and no content type; anything else is 422.',
  ]),
  text: rule('HTTP: text', [
    '한글, 이모지, 긴 글, 특수 문자가 바뀌지 않고 그대로 돌아옵니다.',
    'Korean, emoji, long text and special characters come back as they were sent.',
  ]),
  ids: rule('HTTP: ids', [
    '테넌트 ID는 슬래시 없는 아무 글자나 될 수 있고 대소문자를 구별합니다.',
    'A tenant id is any text without a slash, and its case matters.',
  ]),
  isolation: rule('Isolation', [
    '한 테넌트의 데이터는 다른 테넌트에서 보이지도 바뀌지도 않습니다.',
    'Data of one tenant is neither seen nor changed through another.',
  ]),
  concurrency: rule('Concurrency', [
    '동시에 보낸 같은 요청은 하나만 성공하고, 서로 다른 요청은 하나도 잃지 않습니다.',
    'Of equal requests at once exactly one succeeds; of different ones none is lost.',
  ]),
  idempotency: rule('Lifecycle: idempotency keys', [
    '같은 키와 본문은 저장된 답을 그대로 돌려주고, 다른 본문은 422이며 효과가 없습니다.',
    'The same key and body give the stored answer; another body is 422 and without effect.',
  ]),
  paging: rule('Users: paging', [
    '페이지는 겹치거나 빠지지 않고, limit과 offset을 되돌려 줍니다.',
    'Pages neither overlap nor leave anything out, and repeat limit and offset.',
  ]),
  trpc: rule('tRPC', [
    'tRPC로도 같은 프로시저를 같은 키와 같은 오류로 부를 수 있습니다.',
    'The same procedures answer over tRPC, with the same key and the same errors.',
  ]),
  document: rule('OpenAPI', ['OpenAPI 문서가 모든 경로를 설명합니다.', 'The OpenAPI document describes every route.']),
  webhook: rule('Webhooks: answer', [
    '두 가지 형식의 웹훅을 받고, 두 가지 용어로 모두 답합니다.',
    'Both shapes of webhook are taken, and answered in the words of both.',
  ]),
  signature: rule('Webhooks: signatures', [
    '서명된 웹훅은 서명과 시각이 맞을 때만, 그리고 ID마다 한 번만 효과가 있습니다.',
    'A signed webhook has an effect only with a good signature in time, and once for each id.',
  ]),
  callback: rule('Webhooks: callbacks', [
    '결과는 등록된 주소로만, 키와 서명을 붙여 도착할 때까지 알립니다.',
    'The outcome is reported to the registered origin only, with key and signature, until it arrives.',
  ]),
  reuse: rule('Webhooks: reuse', [
    '같은 이메일의 신청자는 같은 테넌트를, 다른 신청자는 다른 테넌트를 받습니다.',
    'An applicant with the same e-mail gets the same tenant, another applicant another one.',
  ]),
  expiry: rule('Webhooks: expiry', [
    '데모는 30일, 서비스는 종료일까지(종료일 포함)입니다.',
    'A demo lasts 30 days, a service until its end date inclusive.',
  ]),
  compat: rule('Compat paths', [
    '예전 경로는 쿼리를 지키고 표준 경로와 같은 답을 합니다.',
    'The old paths honour their query and answer as the standard ones do.',
  ]),
})

/** Name of a rule. */
export type RuleId = keyof typeof rules
