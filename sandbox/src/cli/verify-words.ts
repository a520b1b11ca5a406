import type { Language } from '../text/index.ts'

/** The words of `mt-paas verify`, in one language. */
export interface VerifyWords {
  readonly missingUrl: string
  readonly badLevel: (value: string) => string
  readonly badTimeout: (value: string) => string
  readonly badSecret: (option: string) => string
  readonly badCallbackPort: (value: string) => string
  readonly missingCallbackPort: string
  readonly portTaken: (port: number) => string
  readonly badReport: (value: string, kinds: string) => string
  readonly unknownCheck: (word: string) => string
  readonly badUrl: (value: string) => string
  readonly notLoopback: (host: string) => string
  readonly unreachable: (url: string) => string
  readonly badBaseline: (file: string) => string
  readonly alreadyThere: (url: string) => string
  readonly starting: (command: string) => string
  readonly ended: (code: string) => string
  readonly notReady: (url: string, seconds: number) => string
  readonly wrote: (file: string) => string
  readonly selfTestGood: (checks: number) => string
  readonly selfTestRefused: (ids: string) => string
  readonly selfTestUnproven: (ids: string) => string
  readonly selfTestMutant: (options: {
    readonly id: string
    readonly expected: string
    readonly failed: string
  }) => string
  readonly selfTestDone: (options: {
    readonly right: number
    readonly total: number
    readonly seconds: string
  }) => string
}

const en: VerifyWords = {
  missingUrl: 'The address of the service is missing',
  badLevel: (value) => `--level must be must or should: ${value}`,
  badTimeout: (value) => `--timeout must be a number of milliseconds from 1 to 600000: ${value}`,
  badSecret: (option) => `--${option} must be whsec_ and base64, or text, of at least 24 bytes`,
  badCallbackPort: (value) => `--callback-port must be a port from 1 to 65535: ${value}`,
  missingCallbackPort: '--service-key and --callback-secret need --callback-port',
  portTaken: (port) => `Callbacks cannot be awaited: port ${port} is taken`,
  badReport: (value, kinds) => `--report takes ${kinds}: ${value}`,
  unknownCheck: (word) => `No check has this id, area, rule or level: ${word}`,
  badUrl: (value) => `Not an http or https address: ${value}`,
  notLoopback: (host) => `${host} is not this computer. Checks make and remove tenants; allow it with --allow-remote.`,
  unreachable: (url) => `${url} does not answer`,
  badBaseline: (file) => `Not a report of mt-paas verify: ${file}`,
  alreadyThere: (url) => `Something answers at ${url} already; stop it before --run`,
  starting: (command) => `Starting: ${command}`,
  ended: (code) => `The service ended before it answered (${code})`,
  notReady: (url, seconds) => `${url} did not answer within ${seconds} s`,
  wrote: (file) => `Wrote ${file}`,
  selfTestGood: (checks) => `The good service passes all ${checks} checks`,
  selfTestRefused: (ids) => `The good service does not pass: ${ids}`,
  selfTestUnproven: (ids) => `No broken service proves: ${ids}`,
  selfTestMutant: ({ id, expected, failed }) => `${id}: should fail ${expected}; failed ${failed || 'nothing'}`,
  selfTestDone: ({ right, total, seconds }) =>
    `${right} of ${total} broken services fail exactly where they should (${seconds} s)`,
}

const ko: VerifyWords = {
  missingUrl: '서비스의 주소가 없습니다',
  badLevel: (value) => `--level은 must 또는 should여야 합니다: ${value}`,
  badTimeout: (value) => `--timeout은 1부터 600000까지의 밀리초여야 합니다: ${value}`,
  badSecret: (option) => `--${option}은(는) 24바이트 이상의 텍스트이거나 whsec_ 뒤에 base64를 쓴 값이어야 합니다`,
  badCallbackPort: (value) => `--callback-port는 1부터 65535까지의 포트여야 합니다: ${value}`,
  missingCallbackPort: '--service-key와 --callback-secret에는 --callback-port가 필요합니다',
  portTaken: (port) => `콜백을 받을 수 없습니다. 포트 ${port}번을 다른 프로그램이 사용하고 있습니다`,
  badReport: (value, kinds) => `--report에는 ${kinds}을(를) 쓸 수 있습니다: ${value}`,
  unknownCheck: (word) => `이런 ID, 영역, 규칙, 수준의 검사 항목이 없습니다: ${word}`,
  badUrl: (value) => `http 또는 https 주소가 아닙니다: ${value}`,
  notLoopback: (host) =>
    `${host}은(는) 이 컴퓨터가 아닙니다. 적합성 검사는 테넌트를 만들고 지웁니다. 그래도 하려면 --allow-remote를 지정하세요.`,
  unreachable: (url) => `${url}이(가) 응답하지 않습니다`,
  badBaseline: (file) => `mt-paas verify의 보고서가 아닙니다: ${file}`,
  alreadyThere: (url) => `${url}에서 이미 무언가 응답합니다. --run을 쓰려면 먼저 멈추세요`,
  starting: (command) => `시작하는 중: ${command}`,
  ended: (code) => `서비스가 응답하기 전에 끝났습니다 (${code})`,
  notReady: (url, seconds) => `${url}이(가) ${seconds}초 안에 응답하지 않았습니다`,
  wrote: (file) => `${file}을(를) 썼습니다`,
  selfTestGood: (checks) => `올바른 서비스는 항목 ${checks}개를 모두 통과합니다`,
  selfTestRefused: (ids) => `올바른 서비스가 통과하지 못한 항목: ${ids}`,
  selfTestUnproven: (ids) => `고장 난 서비스가 증명하지 못한 항목: ${ids}`,
  selfTestMutant: ({ id, expected, failed }) => `${id}: 실패해야 할 항목 ${expected}, 실패한 항목 ${failed || '없음'}`,
  selfTestDone: ({ right, total, seconds }) =>
    `고장 난 서비스 ${total}개 중 ${right}개가 정확히 그 자리에서 실패합니다 (${seconds}초)`,
}

const words: Readonly<Record<Language, VerifyWords>> = Object.freeze({ ko, en })

/** The words of a language. */
export function verifyWords(language: Language): VerifyWords {
  return words[language]
}
