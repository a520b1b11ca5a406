import type { Dictionary } from './dictionary.ts'
import { simulatorKo } from './simulator-ko.ts'

/** Korean. */
export const ko: Dictionary = {
  language: 'ko',
  simulator: simulatorKo,
  command: {
    help: `사용법: mt-paas <명령> [옵션]

명령:
  demo         PostgreSQL과 샘플 서비스를 시작하고, 데모 신청을 테넌트로 만듭니다
  tenants      테넌트를 조회, 생성, 정지, 재개, 삭제, 복원합니다
  migrate      모든 테넌트의 데이터베이스를 최신 스키마로 올립니다
  doctor       서로 맞지 않는 것을 찾아 고칩니다
  verify       서비스가 계약 전체를 지키는지 시험합니다
${simulatorKo.summary}
옵션:
  -h, --help       도움말을 보여 줍니다
  -V, --version    버전을 보여 줍니다

명령별 도움말: mt-paas <명령> --help
`,
    demoHelp: ({ port, dataDir }) => `사용법: mt-paas demo [옵션]

PostgreSQL과 샘플 서비스 Advisor를 시작하고, 마켓의 데모 웹훅을 보내 테넌트를 만든 다음
상태·통계·사용자를 다시 읽어 표로 보여 줍니다. Ctrl-C를 누를 때까지 실행됩니다.

옵션:
      --port <번호>       Advisor의 포트 (기본값 ${port}, 0은 빈 포트)
      --data-dir <폴더>   데이터를 보관할 폴더 (기본값 ${dataDir})
      --lang <ko|en>      언어 (기본값은 시스템 언어)
      --once              작업을 마치면 바로 종료합니다
      --json              표 대신 JSON 문서 하나를 출력합니다
  -h, --help              도움말을 보여 줍니다

환경 변수:
  CENTRAL_DATABASE_URL    내장 PostgreSQL 대신 사용할 서버
  MARKET_API_KEY          마켓의 API 키 (없으면 만들어서 데이터 폴더에 보관)
  NO_COLOR                색을 사용하지 않습니다
`,
    unknownCommand: (name) => `알 수 없는 명령입니다: ${name}`,
    unknownOption: (option) => `알 수 없는 옵션입니다: ${option}`,
    missingValue: (option) => `옵션에 값이 필요합니다: ${option}`,
    badLanguage: (value) => `--lang은 ko 또는 en이어야 합니다: ${value}`,
    badPort: (value) => `--port는 0부터 65535까지의 숫자여야 합니다: ${value}`,
    unexpectedArgument: (value) => `필요 없는 인수입니다: ${value}`,
    interrupted: '중단되었습니다.',
    failed: (reason) => `실패했습니다: ${reason}`,
  },
  demo: {
    initialisingDatabase: '처음 사용할 PostgreSQL을 준비하는 중…',
    recoveringDatabase: '이전 실행이 남긴 PostgreSQL을 정리하는 중…',
    startingDatabase: 'PostgreSQL을 시작하는 중…',
    databaseReady: (port) => `PostgreSQL이 127.0.0.1:${port}에서 실행 중입니다`,
    connectingDatabase: 'CENTRAL_DATABASE_URL의 PostgreSQL에 연결하는 중…',
    connectedDatabase: 'PostgreSQL에 연결했습니다',
    startingService: '샘플 서비스 Advisor를 시작하는 중…',
    serviceReady: (url) => `Advisor가 ${url}에서 실행 중입니다`,
    sendingWebhook: (university) => `마켓의 데모 웹훅을 보내는 중 (${university})…`,
    tenantCreated: (id) => `테넌트 ${id}의 데이터베이스를 만들었습니다`,
    tenantReused: (id) => `이미 있는 테넌트 ${id}를 다시 사용합니다`,
    readingBack: '상태, 통계, 사용자를 다시 읽는 중…',
    readBack: '상태, 통계, 사용자를 읽었습니다',
    stayingUp: '실행 중입니다. 끝내려면 Ctrl-C를 누르세요.',
    documentation: (url) => `API 문서: ${url}`,
    apiKey: (place) => `API 키: ${place}`,
    stopping: '종료하는 중…',
    stopped: '모두 종료했습니다.',
    portTaken: (port) =>
      `127.0.0.1의 포트 ${port}번을 다른 프로그램이 사용하고 있습니다. --port로 다른 포트를 고르세요.`,
    databaseUnreachable: (reason) => `CENTRAL_DATABASE_URL의 PostgreSQL을 사용할 수 없습니다: ${reason}`,
    databaseProblem: (problem, reason) => `${databaseProblems[problem]} (${reason})`,
    unexpectedAnswer: (request, answer) => `${request}에 예상하지 못한 응답이 왔습니다: ${answer}`,
  },
  table: {
    tenant: '테넌트',
    university: '대학교',
    database: '데이터베이스',
    status: '상태',
    plan: '요금제',
    users: '사용자',
    administrator: '관리자',
    expires: '만료',
    accessUrl: '접속 주소',
    provisioned: '테넌트 준비',
    total: '전체 시간',
    created: '새로 만듦',
    reused: '다시 사용',
    seconds: (seconds) => `${seconds}초`,
  },
  page: {
    status: '상태',
    users: '사용자',
    plan: '요금제',
    unknownTitle: '테넌트를 찾을 수 없습니다',
    unknownText: '주소를 확인해 주세요.',
    noTenantTitle: '어느 테넌트인지 알 수 없습니다',
    noTenantText: '테넌트의 접속 주소로 들어와 주세요.',
    states: {
      pending: '준비 중',
      provisioning: '준비 중',
      active: '사용 중',
      suspended: '정지됨',
      deleted: '해지됨',
      purged: '해지됨',
    },
  },
}

const databaseProblems = {
  'port-taken': 'PostgreSQL의 포트를 다른 프로그램이 사용하고 있습니다.',
  'in-use': '다른 mt-paas가 같은 데이터 폴더를 사용하고 있습니다. 그것을 끝내거나 --data-dir로 다른 폴더를 고르세요.',
  'unsupported-platform': '이 컴퓨터에서 쓸 수 있는 내장 PostgreSQL이 없습니다. CENTRAL_DATABASE_URL을 설정하세요.',
  'no-account': 'PostgreSQL은 root로 실행할 수 없는데, 대신 쓸 계정을 만들지 못했습니다. 다른 사용자로 실행하세요.',
  unreachable:
    'PostgreSQL을 실행할 계정이 이 폴더에 접근할 수 없습니다. 다른 곳에서 실행하거나 CENTRAL_DATABASE_URL을 설정하세요.',
  'not-ours': '데이터 폴더에 다른 파일이 있습니다. --data-dir로 다른 폴더를 고르세요.',
  failed: 'PostgreSQL을 시작하지 못했습니다.',
} as const
