import { localised } from '../../conformance/localised.ts'
import type { RunnableSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'

const WORDS = localised('목록', 'words')

/** `mt-paas verify`. */
export const verifySpec: RunnableSpec = {
  name: 'verify',
  about: localised('서비스가 계약 전체를 지키는지 검사합니다', 'tries out a service against the whole contract'),
  more: localised(
    '기본 다섯 가지를 먼저 확인하고, 이어서 계약 전체를 검사합니다. 검사에 쓰는 테넌트와 사용자는 직접 만들고 지웁니다. 종료 코드: 0 통과, 1 실패, 2 검사하지 못함, 130 중단.',
    'The five classic checks come first, then the whole contract. It makes tenants and users of its own and removes them. Exit code: 0 passed, 1 failed, 2 could not test, 130 interrupted.',
  ),
  places: [{ name: values.url, optional: true }],
  options: [
    {
      name: 'api-key',
      value: values.key,
      about: localised(
        '마켓의 키 (기본값 MARKET_API_KEY, 없으면 mt_dev_key_12345)',
        "the market's key (default MARKET_API_KEY, else mt_dev_key_12345)",
      ),
    },
    {
      name: 'api-key-header',
      value: values.name,
      about: localised(
        '표준 경로의 키 헤더 (기본값 X-Market-API-Key)',
        'header of the key on the standard paths (default X-Market-API-Key)',
      ),
    },
    {
      name: 'prefix',
      value: values.path,
      about: localised('표준 엔드포인트 앞의 경로', 'path in front of the standard endpoints'),
      fallback: '/mt',
    },
    {
      name: 'webhook-path',
      value: values.path,
      about: localised(
        '마켓의 웹훅을 받는 경로 (기본값 /api/tenant/webhook/auto-provision)',
        "path that takes the market's webhook (default /api/tenant/webhook/auto-provision)",
      ),
    },
    {
      name: 'webhook-secret',
      value: values.secret,
      about: localised(
        '웹훅에 서명하는 비밀 키, 서명 항목에 필요 (기본값 MT_WEBHOOK_SECRET)',
        'what webhooks are signed with, for the checks on signatures (default MT_WEBHOOK_SECRET)',
      ),
    },
    {
      name: 'callback-port',
      value: values.number,
      about: localised(
        '콜백을 받을 127.0.0.1의 포트. 서비스의 MT_CALLBACK_ORIGINS에도 있어야 합니다',
        'port on 127.0.0.1 to await callbacks on; the service has to know it (MT_CALLBACK_ORIGINS)',
      ),
    },
    {
      name: 'service-key',
      value: values.key,
      about: localised(
        '서비스가 콜백에 보내는 키 (기본값 MT_CALLBACK_KEY)',
        'key that the service sends with callbacks (default MT_CALLBACK_KEY)',
      ),
    },
    {
      name: 'callback-secret',
      value: values.secret,
      about: localised(
        '서비스가 콜백에 서명하는 비밀 키 (기본값 MT_CALLBACK_SECRET)',
        'what the service signs callbacks with (default MT_CALLBACK_SECRET)',
      ),
    },
    {
      name: 'tenant',
      value: values.id,
      about: localised(
        '수치를 확인할, 데이터가 있는 테넌트 (읽기만 합니다)',
        'a tenant with data, whose numbers are checked; it is only read',
      ),
    },
    {
      name: 'only',
      value: WORDS,
      about: localised(
        '실행할 항목의 ID, 영역, 규칙 또는 수준 (쉼표로 구분)',
        'ids, areas, rules or levels of checks to run, separated by commas',
      ),
    },
    {
      name: 'skip',
      value: WORDS,
      about: localised(
        '뺄 항목의 ID, 영역, 규칙 또는 수준 (쉼표로 구분)',
        'ids, areas, rules or levels of checks to leave out',
      ),
    },
    {
      name: 'level',
      value: localised('must|should', 'must|should'),
      about: localised('이 수준 이상의 항목이 실패하면 검사가 실패합니다', 'lowest level whose failures fail the run'),
      fallback: 'must',
    },
    {
      name: 'seed',
      value: values.text,
      about: localised('무작위 값의 시드 (기본값은 매번 새 값)', 'seed of everything random (default a new one)'),
    },
    {
      name: 'timeout',
      value: localised('ms', 'ms'),
      about: localised('요청 하나의 제한 시간', 'deadline of one request'),
      fallback: '10000',
    },
    {
      name: 'report',
      value: localised('종류', 'kinds'),
      about: localised('쓸 파일: json, junit, html, har, badge', 'files to write: json, junit, html, har, badge'),
    },
    {
      name: 'out',
      value: values.folder,
      about: localised('파일을 쓸 폴더', 'where they are written'),
      fallback: 'conformance-report',
    },
    {
      name: 'baseline',
      value: values.file,
      about: localised(
        '이전 JSON 보고서. 새로 실패한 항목이 있을 때만 검사가 실패합니다',
        'a JSON report of before; only new failures fail the run',
      ),
    },
    {
      name: 'run',
      value: localised('명령', 'command'),
      about: localised(
        '서비스를 먼저 시작하고 응답할 때까지 기다린 뒤, 끝나면 멈춥니다',
        'starts the service first, waits until it answers, and stops it afterwards',
      ),
    },
    {
      name: 'allow-remote',
      about: localised('다른 컴퓨터의 서비스도 허용합니다', 'lets the service be on another computer'),
    },
    {
      name: 'self-test',
      about: localised(
        '일부러 고장 낸 서비스로 검사 자체를 확인합니다 (주소가 필요 없음)',
        'runs the checks against services that are broken on purpose; needs no url',
      ),
    },
    {
      name: 'thorough',
      about: localised(
        '--self-test와 함께: 모든 항목을 고장 난 모든 서비스에 실행합니다',
        'with --self-test: every check against every broken service',
      ),
    },
  ],
  load: async () => (await import('../verify-command.ts')).verifyCommand,
}
