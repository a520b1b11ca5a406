/** What core says of tenants and servers; `{0}` stands for a name or a value, and `{0:tenantStates}` for its word of that kind. */
export const coreSentencesKo: readonly (readonly [english: string, korean: string])[] = [
  [
    'Tenant {0} is {1} and cannot become {2}; it can become {3}',
    "테넌트 {0}은(는) '{1:tenantStates}' 상태여서 '{2:tenantStates}' 상태로 바꿀 수 없습니다 (가능한 상태: {3:tenantStates})",
  ],
  [
    'Tenant {0} is {1} and cannot become {2}',
    "테넌트 {0}은(는) '{1:tenantStates}' 상태여서 '{2:tenantStates}' 상태로 바꿀 수 없습니다",
  ],
  ['Tenant {0} is being provisioned, try again later', '준비 중인 테넌트입니다: {0}. 잠시 뒤에 다시 시도하세요'],
  ['Tenant {0} is suspended', '정지된 테넌트입니다: {0}'],
  ['Tenant {0} was deactivated', '삭제된 테넌트입니다: {0}'],
  [
    'Another operation on tenant {0} is still running, try again later',
    '테넌트 {0}에서 다른 작업이 아직 진행 중입니다. 잠시 뒤에 다시 시도하세요',
  ],
  [
    'A tenant id is 1 to 48 characters of a-z, 0-9, - and _, begins and ends with a letter or digit, and is not reserved',
    '테넌트 ID는 영문 소문자, 숫자, -, _로 된 1자부터 48자까지이고, 문자나 숫자로 시작하고 끝나며, 예약된 이름이 아니어야 합니다',
  ],
  ['{0} must be a connection string such as {1}', '{0}: {1} 같은 연결 문자열이어야 합니다'],
  ['No plan has this name; there are {0}', '없는 요금제입니다. 선택할 수 있는 요금제: {0}'],
  ['The cursor is not one that this list gave', '이 목록에서 받은 커서가 아닙니다'],
  ['limit must be a whole number from 1 to {0}', 'limit은 1부터 {0}까지의 정수여야 합니다'],
  [
    'The schema of {0} is not that of the migrations; see the drift report, then move it',
    '{0}의 스키마가 마이그레이션 결과와 다릅니다. mt-paas migrate --drift로 확인한 뒤 옮기세요',
  ],
  ['{0} holds large objects, which are not copied', '{0}에 복사할 수 없는 대형 객체(large object)가 있습니다'],
  [
    '{0} is on no other server, so this is no copy that a move has left',
    '{0}이(가) 다른 서버에 없습니다. 옮기고 남은 사본이 아니므로 지우지 않습니다',
  ],
]
