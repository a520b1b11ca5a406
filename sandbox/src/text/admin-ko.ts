import type { AdminDictionary } from './admin-dictionary.ts'

const COMMON = `      --service <파일>    tenantEntities와 tenantMigrations를 내보내는 모듈 (기본값 샘플 서비스 Advisor)
      --data-dir <폴더>   내장 PostgreSQL의 데이터 폴더 (기본값 .mt-paas)
      --lang <ko|en>      언어 (기본값은 시스템 언어)
      --json              표 대신 JSON 문서 하나를 출력합니다
  -h, --help              도움말을 보여 줍니다

환경 변수:
  CENTRAL_DATABASE_URL    중앙 데이터베이스, 또는 MT_DB_HOST, _PORT, _USER, _PASSWORD, _NAME으로 나누어 지정;
                          없으면 내장 PostgreSQL을 사용합니다
`

/** Korean. */
export const adminKo: AdminDictionary = {
  tenantsHelp: `사용법: mt-paas tenants <동작> [옵션]

동작:
  list                  테넌트 목록을 오래된 순서로 보여 줍니다
  show <id>             테넌트의 모든 정보를 보여 줍니다
  create <id>           테넌트와 데이터베이스를 만듭니다
  suspend <id>          테넌트를 아무도 사용할 수 없게 정지합니다
  activate <id>         정지된 테넌트를 다시 사용하거나, 만들다 만 테넌트를 마저 만듭니다
  delete <id>           테넌트를 삭제합니다. 데이터는 보관 기간 동안 남습니다
  restore <id>          데이터가 남아 있는 삭제된 테넌트를 되살립니다

list의 옵션:
      --status <상태>     pending, provisioning, active, suspended, deleted, purged 중 하나
      --plan <이름>       해당 요금제의 테넌트만
      --search <글자>     ID, 이름, 이메일에 들어 있는 글자
      --limit <숫자>      한 쪽의 최대 테넌트 수, 1부터 500까지 (기본값 50)
      --after <커서>      다음 쪽
create의 옵션:
      --name <이름>       이름 (기본값은 ID)
      --plan <이름>       요금제 (기본값 basic)
      --email <주소>      담당자 이메일
      --contact <이름>    담당자 이름
      --features <a,b>    요금제에 더할 기능
suspend의 옵션:
      --reason <이유>     정지하는 이유 (필수)
delete의 옵션:
      --reason <이유>     삭제하는 이유
      --hard              데이터를 바로 지웁니다. --yes도 필요합니다
      --yes               데이터를 지우는 것을 확인합니다

옵션:
${COMMON}`,
  migrateHelp: `사용법: mt-paas migrate [옵션]

사용 중인 모든 테넌트의 데이터베이스를 최신 스키마로 올립니다. 몇 테넌트를 먼저 올린 다음 나머지를 올립니다.
실패한 테넌트는 다른 테넌트를 막지 않으며, 다시 실행하면 남은 것부터 이어서 합니다.

옵션:
      --dry-run               무엇을 할지만 보여 주고 아무것도 하지 않습니다
      --drift                 마이그레이션 결과와 스키마가 다른 테넌트를 보여 주고 아무것도 바꾸지 않습니다
      --concurrency <숫자>    동시에 올릴 최대 테넌트 수 (기본값 8)
      --canary <숫자>         먼저 올려서 모두 성공해야 하는 테넌트 수 (기본값 3)
      --max-failures <비율>   멈추기 전까지 실패해도 되는 비율, 0부터 1까지 (기본값 0.1)
${COMMON}`,
  doctorHelp: `사용법: mt-paas doctor [옵션]

중앙 데이터베이스와 서버를 비교하여 맞지 않는 것을 보여 줍니다. 문제가 없으면 0으로 끝납니다.

옵션:
      --fix               고칠 수 있는 것을 고칩니다. 이름과 표식이 모두 우리 것일 때만 지웁니다
${COMMON}`,
  missingArgument: (name) => `인수가 필요합니다: ${name}`,
  badChoice: (option, choices) => `${option}은(는) 다음 중 하나여야 합니다: ${choices}`,
  badNumber: (option, least, most) => `${option}은(는) ${least}부터 ${most}까지의 숫자여야 합니다`,
  needsYes: '--hard는 데이터를 되돌릴 수 없게 지웁니다. --yes도 함께 지정하세요.',
  badService: (file) => `${file}에 tenantEntities와 tenantMigrations가 없습니다`,
  startingDatabase: 'PostgreSQL을 시작하는 중…',
  states: {
    pending: '대기',
    provisioning: '만드는 중',
    active: '사용 중',
    suspended: '정지',
    deleted: '삭제됨',
    purged: '데이터 지움',
  },
  columns: {
    id: '테넌트',
    name: '이름',
    state: '상태',
    plan: '요금제',
    database: '데이터베이스',
    server: '서버',
    contact: '담당자',
    features: '기능',
    subscription: '구독',
    expires: '만료',
    keptUntil: '데이터 보관 기한',
    created: '만든 때',
    schema: '스키마',
    migrations: '마이그레이션',
    reason: '이유',
    problem: '문제',
    treatment: '조치',
    last: '마지막 변경',
    missing: '없는 것',
    extra: '더 있는 것',
  },
  open: '제한 없음',
  page: (shown, total) => `테넌트 ${total}개 중 ${shown}개`,
  next: (cursor) => `다음 쪽: --after ${cursor}`,
  did: {
    created: (id) => `테넌트 ${id}를 만들었습니다.`,
    suspended: (id) => `테넌트 ${id}를 정지했습니다.`,
    activated: (id) => `테넌트 ${id}를 사용할 수 있습니다.`,
    deleted: (id, until) => `테넌트 ${id}를 삭제했습니다. 데이터는 ${until}까지 보관합니다.`,
    purged: (id) => `테넌트 ${id}를 데이터와 함께 삭제했습니다.`,
    restored: (id) => `테넌트 ${id}를 데이터와 함께 되살렸습니다.`,
  },
  migration: {
    upToDate: '모든 테넌트가 최신 스키마입니다.',
    behind: (count) => `최신 스키마가 아닌 테넌트가 ${count}개 있습니다.`,
    unknownVersion: '알 수 없는 버전: 없는 것 모두',
    done: (migrated, seconds) => `테넌트 ${migrated}개를 ${seconds}초에 올렸습니다.`,
    failed: (count) => `테넌트 ${count}개가 실패했습니다:`,
    busy: (ids) => `다른 작업이 진행 중인 테넌트: ${ids}`,
    stopped: {
      canary: (untried) => `먼저 올린 테넌트가 실패하여 멈췄습니다. ${untried}개는 시도하지 않았습니다.`,
      'failure-rate': (untried) => `실패가 너무 많아 멈췄습니다. ${untried}개는 시도하지 않았습니다.`,
      aborted: (untried) => `중단되었습니다. ${untried}개는 시도하지 않았습니다.`,
    },
    remaining: (seconds) => `${seconds}초 남음`,
    noDrift: (compared) => `테넌트 ${compared}개의 스키마가 마이그레이션 결과와 같습니다.`,
    unreadable: (id, error) => `${id}를 읽을 수 없습니다: ${error}`,
  },
  doctor: {
    sound: '문제가 없습니다.',
    fixed: '고침',
    notFixed: '고치지 못함',
    canFix: '--fix로 고칠 수 있음',
    byHand: '결정이 필요함',
    kinds: {
      'database-without-row': '아무도 모르는 데이터베이스',
      'unregistered-database': '등록되지 않은 데이터베이스',
      'row-without-database': '데이터베이스가 없음',
      'warm-row-without-database': '미리 만든 데이터베이스가 없음',
      'foreign-database': '다른 곳의 데이터베이스',
      'invalid-database': '삭제가 중간에 끊김',
      'role-without-tenant': '데이터베이스가 없는 역할',
      'public-connect': '모든 역할이 접속할 수 있음',
      'suspended-open': '정지되었지만 접속을 받음',
      'active-closed': '사용 중이지만 접속을 받지 않음',
      'needs-attention': '작업이 포기됨',
      'migration-failed': '마지막 마이그레이션이 실패함',
    },
  },
}
