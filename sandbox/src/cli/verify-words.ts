import type { Language } from '../text/index.ts'

/** The words of `mt-paas verify`, in one language. */
export interface VerifyWords {
  readonly help: string
  readonly missingUrl: string
  readonly badLevel: (value: string) => string
  readonly badTimeout: (value: string) => string
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
  help: `Usage: mt-paas verify <url> [options]

Tries out a service against the Standard API: the five classic checks first, then the whole contract.
It makes tenants and users of its own and removes them.

Options:
      --api-key <key>          the market's key (default MARKET_API_KEY, else mt_dev_key_12345)
      --api-key-header <name>  header of the key on the standard paths (default X-Market-API-Key)
      --prefix <path>          path in front of the standard endpoints (default /mt)
      --webhook-path <path>    path that takes the market's webhook (default /api/tenant/webhook/auto-provision)
      --tenant <id>            a tenant with data, whose numbers are checked; it is only read
      --only <words>           ids, areas, rules or levels of checks to run, separated by commas
      --skip <words>           ids, areas, rules or levels of checks to leave out
      --level <must|should>    lowest level whose failures fail the run (default must)
      --seed <text>            seed of everything random (default a new one)
      --timeout <ms>           deadline of one request (default 10000)
      --report <kinds>         files to write: json, junit, html, har, badge
      --out <folder>           where they are written (default conformance-report)
      --baseline <file>        a JSON report of before; only new failures fail the run
      --run <command>          starts the service first, waits until it answers, and stops it afterwards
      --allow-remote           lets the service be on another computer
      --self-test              runs the checks against services that are broken on purpose; needs no url
      --thorough               with --self-test: every check against every broken service
      --json                   prints one JSON document in place of text
      --lang <ko|en>           language (default that of the system)
  -h, --help                   shows this help

Exit code: 0 passed, 1 failed, 2 could not test, 130 interrupted
`,
  missingUrl: 'The address of the service is missing',
  badLevel: (value) => `--level must be must or should: ${value}`,
  badTimeout: (value) => `--timeout must be a number of milliseconds from 1 to 600000: ${value}`,
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
  help: `사용법: mt-paas verify <주소> [옵션]

서비스가 표준 API를 지키는지 시험합니다. 기본 다섯 가지 검사를 먼저 하고, 이어서 계약 전체를 검사합니다.
시험에 쓰는 테넌트와 사용자는 직접 만들고 지웁니다.

옵션:
      --api-key <키>           마켓의 키 (기본값 MARKET_API_KEY, 없으면 mt_dev_key_12345)
      --api-key-header <이름>  표준 경로의 키 헤더 (기본값 X-Market-API-Key)
      --prefix <경로>          표준 엔드포인트 앞의 경로 (기본값 /mt)
      --webhook-path <경로>    마켓의 웹훅을 받는 경로 (기본값 /api/tenant/webhook/auto-provision)
      --tenant <id>            숫자를 검사할, 데이터가 있는 테넌트 (읽기만 합니다)
      --only <말>              실행할 검사의 id, 영역, 규칙 또는 수준 (쉼표로 구분)
      --skip <말>              뺄 검사의 id, 영역, 규칙 또는 수준
      --level <must|should>    이 수준부터 실패하면 시험이 실패합니다 (기본값 must)
      --seed <글자>            무작위 값의 시드 (기본값은 매번 새 값)
      --timeout <ms>           요청 하나의 제한 시간 (기본값 10000)
      --report <종류>          쓸 파일: json, junit, html, har, badge
      --out <폴더>             파일을 쓸 폴더 (기본값 conformance-report)
      --baseline <파일>        이전 JSON 보고서. 새로운 실패만 시험을 실패하게 합니다
      --run <명령>             서비스를 먼저 시작하고, 답할 때까지 기다린 다음, 끝나면 멈춥니다
      --allow-remote           다른 컴퓨터의 서비스도 허용합니다
      --self-test              일부러 고장 낸 서비스로 검사들을 시험합니다 (주소가 필요 없음)
      --thorough               --self-test에서 모든 검사를 모든 고장 난 서비스에 실행합니다
      --json                   글 대신 JSON 문서 하나를 출력합니다
      --lang <ko|en>           언어 (기본값은 시스템 언어)
  -h, --help                   도움말을 보여 줍니다

종료 코드: 0 통과, 1 실패, 2 시험하지 못함, 130 중단
`,
  missingUrl: '서비스의 주소가 없습니다',
  badLevel: (value) => `--level은 must 또는 should여야 합니다: ${value}`,
  badTimeout: (value) => `--timeout은 1부터 600000까지의 밀리초여야 합니다: ${value}`,
  badReport: (value, kinds) => `--report에는 ${kinds}를 쓸 수 있습니다: ${value}`,
  unknownCheck: (word) => `이런 id, 영역, 규칙, 수준의 검사가 없습니다: ${word}`,
  badUrl: (value) => `http 또는 https 주소가 아닙니다: ${value}`,
  notLoopback: (host) =>
    `${host}은(는) 이 컴퓨터가 아닙니다. 검사는 테넌트를 만들고 지웁니다. --allow-remote로 허용할 수 있습니다.`,
  unreachable: (url) => `${url}이(가) 응답하지 않습니다`,
  badBaseline: (file) => `mt-paas verify의 보고서가 아닙니다: ${file}`,
  alreadyThere: (url) => `${url}에서 이미 무언가 응답합니다. --run을 쓰려면 먼저 멈추세요`,
  starting: (command) => `시작하는 중: ${command}`,
  ended: (code) => `서비스가 응답하기 전에 끝났습니다 (${code})`,
  notReady: (url, seconds) => `${url}이(가) ${seconds}초 안에 응답하지 않았습니다`,
  wrote: (file) => `${file}을(를) 썼습니다`,
  selfTestGood: (checks) => `올바른 서비스는 검사 ${checks}개를 모두 통과합니다`,
  selfTestRefused: (ids) => `올바른 서비스가 통과하지 못한 검사: ${ids}`,
  selfTestUnproven: (ids) => `고장 난 서비스가 증명하지 못한 검사: ${ids}`,
  selfTestMutant: ({ id, expected, failed }) => `${id}: 실패해야 할 검사 ${expected}, 실패한 검사 ${failed || '없음'}`,
  selfTestDone: ({ right, total, seconds }) =>
    `고장 난 서비스 ${total}개 중 ${right}개가 정확히 그 자리에서 실패합니다 (${seconds}초)`,
}

const words: Readonly<Record<Language, VerifyWords>> = Object.freeze({ ko, en })

/** The words of a language. */
export function verifyWords(language: Language): VerifyWords {
  return words[language]
}
