import type { Expectation, ExpectationKind } from './expect/expectation.ts'
import { type Localised, localised } from './localised.ts'

const byKind: Readonly<Record<ExpectationKind, Localised>> = Object.freeze({
  answer: localised(
    '서비스가 제시간에 답하지 않았거나 연결을 끊었습니다. 서비스의 로그를 확인하세요.',
    "The service did not answer in time, or broke off the connection. Look into the service's log.",
  ),
  status: localised(
    'HTTP 상태 코드가 다릅니다. 아래 명령으로 같은 요청을 보내 보세요.',
    'The HTTP status differs. Send the same request with the command below.',
  ),
  shape: localised(
    '응답의 항목이 빠졌거나, 형식이 다르거나, 계약에 없는 항목이 있습니다. null인 항목도 있어야 합니다.',
    'A member of the answer is missing, mistyped or not in the contract. Members that are null must be there too.',
  ),
  value: localised('응답의 값이 계약과 다릅니다.', 'A value of the answer is not what the contract says.'),
  header: localised('응답 헤더가 없거나 값이 다릅니다.', 'A header of the answer is missing or has another value.'),
  error: localised(
    '오류 본문이 계약과 다릅니다. 오류 코드는 error 항목에 있어야 합니다.',
    "The error's body is not the contract's; its code belongs into the member error.",
  ),
})

const serverError = localised(
  '서비스 안에서 오류가 났습니다. 예상하지 못한 예외를 알맞은 코드로 바꾸세요. 자세한 내용은 서비스의 로그에 있습니다.',
  "The service failed inside. Map the exception to its proper code; the service's log has the rest.",
)

/** What to do about an expectation that does not hold, when its check has no advice of its own. */
export function adviceFor({ kind, exchange }: Expectation): Localised {
  return exchange && exchange.status >= 500 ? serverError : byKind[kind]
}
