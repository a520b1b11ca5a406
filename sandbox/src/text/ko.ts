import type { Dictionary } from './dictionary.ts'
import { simulatorKo } from './simulator-ko.ts'
import { stateWords } from './state-words.ts'

/** Korean. */
export const ko: Dictionary = {
  language: 'ko',
  simulator: simulatorKo,
  command: {
    headings: { 'Usage:': '사용법:', 'Options:': '옵션:', 'Commands:': '명령:', 'Arguments:': '인수:' },
    usage: { program: '<명령> [옵션]', group: '<명령> [옵션]', options: '[옵션]' },
    helpOption: '도움말을 보여 줍니다',
    versionOption: '버전을 보여 줍니다',
    helpOfCommand: '명령별 도움말: mt-paas <명령> --help',
    variables: '환경 변수:',
    byDefault: (value) => `기본값 ${value}`,
    unknownCommand: (name) => `알 수 없는 명령입니다: ${name}`,
    unknownOption: (option) => `알 수 없는 옵션입니다: ${option}`,
    missingValue: (option) => `옵션에 값이 필요합니다: ${option}`,
    badLanguage: (value) => `--lang은 ko 또는 en이어야 합니다: ${value}`,
    missingArgument: (name) => `인수가 필요합니다: ${name}`,
    badPort: (option, value) => `${option}는 0부터 65535까지의 숫자여야 합니다: ${value}`,
    badChoice: (option, choices) => `${option}은(는) 다음 중 하나여야 합니다: ${choices}`,
    badNumber: (option, least, most) => `${option}은(는) ${least}부터 ${most}까지의 숫자여야 합니다`,
    unexpectedArgument: (value) => `쓸 수 없는 인수입니다: ${value}`,
    done: '완료했습니다.',
    interrupted: '중단되었습니다.',
    failed: (reason) => `실패했습니다: ${reason}`,
  },
  sandbox: {
    initialisingDatabase: '처음 사용할 PostgreSQL을 준비하는 중…',
    recoveringDatabase: '이전 실행이 남긴 PostgreSQL을 정리하는 중…',
    startingDatabase: 'PostgreSQL을 시작하는 중…',
    databaseReady: (port) => `PostgreSQL이 127.0.0.1:${port}에서 실행 중입니다`,
    stayingUp: '실행 중입니다. 끝내려면 Ctrl-C를 누르세요.',
    apiKey: (place) => `API 키: ${place}`,
    stopping: '종료하는 중…',
    stopped: '모두 종료했습니다.',
    portTaken: (port, option) =>
      `127.0.0.1의 포트 ${port}번을 다른 프로그램이 사용하고 있습니다. ${option}(으)로 다른 포트를 고르세요.`,
    databaseUnreachable: (reason) => `CENTRAL_DATABASE_URL의 PostgreSQL을 사용할 수 없습니다: ${reason}`,
    databaseProblem: (problem, reason) => `${databaseProblems[problem]} (${reason})`,
    unexpectedAnswer: (request, answer) => `${request}에 예상하지 못한 응답이 왔습니다: ${answer}`,
    startingService: (title) => `샘플 서비스 ${title}을(를) 시작하는 중…`,
    serviceReady: (title, url) => `${title} 서비스가 ${url}에서 실행 중입니다`,
    buildingPage: '화면을 빌드하는 중…',
    pageBuilt: '화면을 빌드했습니다',
    pageFailed: (reason) => `화면을 빌드하지 못했습니다: ${reason}`,
    marketReady: (url) => `마켓이 ${url}에서 실행 중입니다`,
    applying: (title) => `${title}에 데모 신청을 보내는 중…`,
    tenantMade: (title, id) => `${title}에 테넌트 ${id}와(과) 데이터베이스를 만들었습니다`,
    tenantFound: (title, id) => `${title}에 테넌트 ${id}이(가) 이미 있습니다`,
    tenantsMigrated: (title, count) => `${title}의 테넌트 ${count}개를 이 버전의 스키마로 올렸습니다`,
    tenantsOutdated: (title, reasons) =>
      `${title}의 테넌트 데이터베이스를 이 버전의 스키마로 올릴 수 없습니다. 데이터는 그대로 있습니다. 고친 뒤 mt-paas migrate를 실행하거나 --data-dir로 다른 폴더를 고르세요.\n${reasons}`,
    ready: (seconds) => `${seconds}초 만에 준비했습니다`,
    page: '화면 (이 주소는 한 번만 쓸 수 있습니다. 새 주소는 mt-paas open)',
    columns: {
      service: '서비스',
      address: '주소',
      documentation: 'API 문서',
      tenant: '테넌트',
      university: '대학교',
      plan: '요금제',
      users: '사용자',
      accessUrl: '접속 주소',
    },
    brokenSecrets: (file) =>
      `${file}에서 서비스의 비밀 키를 읽을 수 없습니다. 고치거나 지우세요. 지우면 새로 만듭니다.`,
    fileInUse: (file) => `다른 샌드박스가 ${file}을(를) 사용하고 있습니다. 멈추거나 --data-dir로 다른 폴더를 고르세요.`,
  },
  starter: {
    badName: (name) => `프로젝트 이름에는 영문 소문자, 숫자, -, _만 쓸 수 있습니다: ${name}`,
    notEmpty: (folder) => `${folder}에 이미 무언가 있습니다. 빈 폴더를 고르세요.`,
    next: (folder) => `다음: cd ${folder} && npm install && npm start`,
  },
  page: {
    status: '상태',
    users: '사용자',
    plan: '요금제',
    unknownTitle: '테넌트를 찾을 수 없습니다',
    unknownText: '주소를 확인해 주세요.',
    noTenantTitle: '어느 테넌트인지 알 수 없습니다',
    noTenantText: '테넌트의 접속 주소로 들어와 주세요.',
    states: stateWords.ko.tenantStates,
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
