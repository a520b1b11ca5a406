/** What is wrong with a variable of the environment; `{0}` stands for a value. */
export const configurationKo: readonly (readonly [english: string, korean: string])[] = [
  ['must be a whole number from {0} to {1}', '{0}부터 {1}까지의 정수여야 합니다'],
  [
    'must be a connection string such as {0}, special characters as %XX',
    '{0} 같은 연결 문자열이어야 하며, 특수 문자는 %XX로 적어야 합니다',
  ],
  ['must name the central database, as in {0}', '{0}처럼 중앙 데이터베이스의 이름이 있어야 합니다'],
  [
    'must be an address such as {0}, special characters as %XX',
    '{0} 같은 주소여야 하며, 특수 문자는 %XX로 적어야 합니다',
  ],
  ['must be an address such as {0}', '{0} 같은 주소여야 합니다'],
  ['must be visible ASCII', '공백 없는 ASCII 문자여야 합니다'],
  ['must be the name of a model', '모델의 이름이어야 합니다'],
  ['must be the name of a language model', '언어 모델의 이름이어야 합니다'],
  ['must be a host name, an address, or the folder of a socket', '호스트 이름, 주소, 소켓의 폴더 중 하나여야 합니다'],
  ['must be a name of at most {0} bytes', '{0}바이트 이하의 이름이어야 합니다'],
  ['must not hold ? or #', '?와 #을 쓸 수 없습니다'],
  ['must be API keys of visible ASCII, separated by commas', '공백 없는 ASCII 키를 쉼표로 구분해 적어야 합니다'],
  ['must have at least {0} bytes', '{0}바이트 이상이어야 합니다'],
  [
    'must be at most 15 small letters, digits and _, a letter first, _ last, and not begin with pg_ or mt_',
    '영문 소문자, 숫자, _로 된 15자 이하여야 하며, 문자로 시작해 _로 끝나고, pg_나 mt_로 시작하지 않아야 합니다',
  ],
  ['must be a folder', '폴더여야 합니다'],
  ['cannot be set together with {0}; unset one of them', '{0}와(과) 함께 설정할 수 없습니다. 둘 중 하나만 설정하세요'],
  ['must be set as well when {0} is', '{0}을(를) 설정할 때는 함께 설정해야 합니다'],
]
