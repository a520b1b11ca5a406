import type { SimulatorText } from './simulator-dictionary.ts'

const COMMON = `      --url <주소>        시뮬레이터 (기본값 http://127.0.0.1:9000 또는 MT_SIMULATOR_URL)
      --lang <ko|en>      언어 (기본값은 시스템 언어)
      --json              JSON 문서 하나를 출력합니다
  -h, --help              도움말을 보여 줍니다
`
const OVERRIDES = `      --service <슬러그>  신청할 서비스 (기본값은 첫 번째 서비스)
      --email <이메일>    신청자
      --name <이름>       신청자 이름
      --university <이름> 신청자의 대학교
      --contact <글>      연락처
      --reason <글>       신청 사유
      --start-date <날짜> YYYY-MM-DD
      --end-date <날짜>   YYYY-MM-DD
      --shape <형식>      flat, nested, standard
      --webhook-url <URL> 보낼 주소를 바꿉니다
      --api-key <키>      보낼 키를 바꿉니다
`

function help(usage: string, says: string, options = ''): string {
  return `사용법: mt-paas ${usage}\n\n${says}\n\n옵션:\n${options}${COMMON}`
}

/** Korean. */
export const simulatorKo: SimulatorText = {
  summary: `  simulator    웹훅을 보내고 모든 기록을 남기는 로컬 마켓을 실행합니다
  service      서비스를 신청하고 웹훅을 보냅니다
  trigger      demo, wrong-key 같은 시나리오를 실행합니다
  custom       직접 만든 메시지를 보냅니다
  applications, results, stats, show, diff, replay, tail
               시뮬레이터의 기록을 보거나 다시 보냅니다
  services, clock, faults, reset
               시뮬레이터의 설정을 바꿉니다
  sign, verify-signature
               Standard Webhooks 서명을 만들고 확인합니다
`,
  help: {
    simulator: `사용법: mt-paas simulator [옵션]

로컬 마켓을 Ctrl-C를 누를 때까지 실행합니다. 웹훅을 보내고, 일정에 따라 다시 보내고, 콜백을 받고, 모든 기록을 남깁니다.

옵션:
      --port <번호>            포트 (기본값 9000, 0은 빈 포트)
      --host <주소>            연결을 받을 주소 (기본값 127.0.0.1)
      --file <경로>            기록을 보관할 파일 (기본값 .mt-paas/simulator.sqlite)
      --target <URL>           서비스의 주소 (기본값 http://127.0.0.1:10300)
      --slug <슬러그>          마켓에서 쓰는 서비스 이름 (기본값 advisor)
      --shape <형식>           flat, nested, standard (기본값 nested)
      --api-key <키>           서비스가 기대하는 키 (기본값 mt_dev_key_12345)
      --signing-secret <비밀>  웹훅에 서명합니다
      --service-key <키>       콜백이 X-Service-API-Key로 보내야 하는 키
      --callback-secret <비밀> 콜백의 서명을 확인할 비밀
      --callback-url <URL>     콜백을 받을 주소 (기본값은 자신의 /callback)
      --allow-public           공개된 호스트에도 웹훅을 보낼 수 있게 합니다
      --seed <글>              시드가 같으면 ID와 장애도 같습니다
      --lang <ko|en>           언어 (기본값은 시스템 언어)
      --json                   JSON 문서 하나를 출력합니다
  -h, --help                   도움말을 보여 줍니다
`,
    service: help('service [옵션]', '서비스를 신청하고 웹훅을 보냅니다.', OVERRIDES),
    applications: help(
      'applications [옵션]',
      '신청을 최근 것부터 보여 줍니다.',
      `      --status <상태>     pending, sent, completed, failed
      --kind <종류>       demo, service
      --before <번호>     이 번호보다 앞선 것
      --limit <개수>      최대 개수 (기본값 50)
`,
    ),
    results: help(
      'results [신청 번호] [옵션]',
      '전송과 그 결과를 최근 것부터 보여 줍니다.',
      `      --before <번호>     이 순번보다 앞선 것
      --limit <개수>      최대 개수 (기본값 50)
`,
    ),
    stats: help('stats [옵션]', '성공률, 응답 시간, 실패 원인을 보여 줍니다.'),
    show: help('show <신청 번호 | 전송 ID> [옵션]', '신청이나 전송의 모든 내용을 보여 줍니다.'),
    diff: help('diff <시도 | 전송> <시도 | 전송> [옵션]', '두 시도의 다른 점을 보여 줍니다. 다르면 1로 끝납니다.'),
    replay: help('replay <전송 ID> [옵션]', '같은 ID로 다시 보냅니다.'),
    tail: help(
      'tail [옵션]',
      'Ctrl-C를 누를 때까지 일어나는 일을 보여 줍니다. --json이면 한 줄에 문서 하나입니다.',
      '      --after <번호>      이 사건 다음부터 보여 줍니다\n',
    ),
    trigger: help(
      'trigger <시나리오> [옵션]',
      '시나리오를 실행하고 응답을 확인합니다. 이름이 없으면 시나리오 목록을 보여 줍니다.',
      OVERRIDES,
    ),
    custom: help(
      'custom <URL> [옵션]',
      '직접 만든 메시지를 한 번 보냅니다.',
      `      --body <글|@파일>   본문 그대로, @를 붙이면 파일에서 (기본값 {})
      --header <이름:값>  헤더, 여러 번 쓸 수 있습니다
      --api-key <키>      X-API-Key로 보냅니다
      --signing-secret <비밀> 서명합니다
      --signature <방법>  wrong, stale, missing
`,
    ),
    services: help(
      'services [슬러그] [옵션]',
      '서비스 목록을 보여 줍니다. 슬러그가 있으면 등록하거나 바꿉니다.',
      `      --target <URL>      기본 주소
      --title <글>        보여 줄 이름
      --shape <형식>      flat, nested, standard
      --api-key <키>      서비스가 기대하는 키
      --next-api-key <키> 키를 바꾸는 동안 쓸 다음 키
      --signing-secret <비밀> 웹훅에 서명합니다
      --service-key <키>  콜백이 보내야 하는 키
      --callback-secret <비밀> 콜백의 서명을 확인할 비밀
`,
    ),
    clock: help('clock [시간] [옵션]', '시계를 보여 줍니다. 90s, 5m, 75h, 2d 같은 시간을 주면 그만큼 앞으로 옮깁니다.'),
    faults: help(
      'faults [장애 | off] [옵션]',
      '마켓이 일으킬 장애를 보거나 정합니다: flaky, duplicate-storm, out-of-order, slow-network, key-rotated,\nmarket-restarts, bad-signatures.',
      `      --rate <비율>       장애를 겪을 시도의 비율, 0부터 1까지
      --seed <글>         시드가 같으면 장애도 같습니다 (기본값 1)
`,
    ),
    reset: help('reset [옵션]', '서비스만 남기고 모두 지웁니다.'),
    sign: `사용법: mt-paas sign [옵션] < 본문

표준 입력의 본문에 대한 Standard Webhooks 서명 헤더를 출력합니다.

옵션:
      --secret <비밀>     whsec_… 또는 글, 필수
      --id <ID>           webhook-id (기본값은 새 ID)
      --timestamp <초>    1970년부터의 초 (기본값은 지금)
      --body <글|@파일>   표준 입력 대신 쓸 본문
      --lang <ko|en>      언어 (기본값은 시스템 언어)
      --json              JSON 문서 하나를 출력합니다
  -h, --help              도움말을 보여 줍니다
`,
    'verify-signature': `사용법: mt-paas verify-signature [옵션] < 본문

표준 입력의 본문에 대한 Standard Webhooks 서명을 확인합니다. 맞지 않으면 1로 끝납니다.

옵션:
      --secret <비밀>     whsec_… 또는 글, 필수
      --id <ID>           webhook-id, 필수
      --timestamp <초>    webhook-timestamp, 필수
      --signature <글>    webhook-signature, 필수
      --tolerance <초>    허용할 시간 차이 (기본값 300)
      --body <글|@파일>   표준 입력 대신 쓸 본문
      --lang <ko|en>      언어 (기본값은 시스템 언어)
      --json              JSON 문서 하나를 출력합니다
  -h, --help              도움말을 보여 줍니다
`,
  },
  columns: {
    id: '번호',
    kind: '종류',
    status: '상태',
    university: '대학교',
    service: '서비스',
    tenant: '테넌트',
    delivery: '전송',
    application: '신청',
    state: '상태',
    attempts: '시도',
    http: 'HTTP',
    ms: 'ms',
    reason: '원인',
    next: '다음 시도',
    at: '시각',
    event: '사건',
    place: '위치',
    left: '왼쪽',
    right: '오른쪽',
    address: '주소',
    shape: '형식',
    signed: '서명',
    count: '개수',
    what: '항목',
  },
  missingArgument: (name) => `인수가 필요합니다: ${name}`,
  badValue: (option, value, expected) => `${option}의 값이 올바르지 않습니다 (${expected}): ${value}`,
  unreachable: (url) =>
    `${url}에서 응답하는 시뮬레이터가 없습니다. mt-paas simulator로 시작하거나 --url로 다른 주소를 지정하세요.`,
  refused: (message) => `시뮬레이터의 응답: ${message}`,
  unreadableFile: (path) => `파일을 읽을 수 없습니다: ${path}`,
  running: (url) => `시뮬레이터가 ${url}에서 실행 중입니다`,
  log: (path) => `모든 기록은 ${path}에 보관합니다`,
  stayingUp: '실행 중입니다. 끝내려면 Ctrl-C를 누르세요.',
  stopped: '시뮬레이터를 종료했습니다.',
  portTaken: (port) => `포트 ${port}번을 다른 프로그램이 사용하고 있습니다. --port로 다른 포트를 고르세요.`,
  fileInUse: (path) => `다른 시뮬레이터가 ${path}를 사용하고 있습니다. --file로 다른 파일을 고르세요.`,
  nothing: '아직 아무것도 없습니다.',
  same: '다른 점이 없습니다.',
  asExpected: (scenario) => `${scenario}: 기대한 대로입니다`,
  notAsExpected: (scenario) => `${scenario}: 기대와 다릅니다`,
  expected: (statuses) => `기대 ${statuses}`,
  noAnswer: '응답 없음',
  clock: (now, ahead) => `${now} (${ahead} 앞섬)`,
  noFaults: '장애가 없습니다.',
  faults: (preset, percent, seed) => `${preset}, 시도의 ${percent}, 시드 ${seed}`,
  isReset: '서비스만 남기고 모두 지웠습니다.',
  signatureValid: '서명이 맞습니다.',
  signatureInvalid: {
    headers: '헤더가 없거나 올바르지 않습니다.',
    timestamp: '시각이 지금과 너무 다릅니다.',
    signature: '서명이 맞지 않습니다.',
  },
  statistics: {
    successRate: '성공률',
    applications: '신청',
    deliveries: '전송',
    attempts: '시도',
    callbacks: '콜백',
    duration: '응답 시간 (ms)',
    failures: '실패 원인',
  },
  following: '지켜보는 중입니다. 끝내려면 Ctrl-C를 누르세요.',
}
