import { localised } from '../../conformance/localised.ts'
import type { GroupSpec, PlaceSpec, RunCommand, RunnableSpec } from '../command/command-spec.ts'
import { administrator } from './administrator.ts'
import { values } from './option-values.ts'

/** `mt-paas seed`. */
export const seedSpec = administrator({
  name: 'seed',
  about: localised(
    '샘플의 테넌트를 30일 동안 쓴 것처럼 채웁니다',
    'fills tenants of a sample with 30 days of plausible use',
  ),
  more: localised(
    '테넌트를 지정하지 않으면 이용 중인 모든 테넌트를 채웁니다. 이미 채운 테넌트는 그대로 둡니다.',
    'Without a name all active tenants are filled. What was filled before is left as it is.',
  ),
  places: [{ name: localised('테넌트', 'tenant'), optional: true }],
  options: [
    {
      name: 'days',
      value: values.count,
      rule: { kind: 'number', least: 1, most: 366 },
      about: localised('이용한 일수', 'days of use'),
      fallback: '30',
    },
    {
      name: 'users',
      value: values.count,
      rule: { kind: 'number', least: 0, most: 10_000 },
      about: localised('추가할 사용자의 최대 수', 'most people that are added'),
      fallback: '24',
    },
    {
      name: 'password',
      value: values.text,
      about: localised(
        '추가한 사용자와 담당자의 비밀번호',
        'password of the people that are added, and of the contact',
      ),
    },
  ],
  load: async () => (await import('../seed-command.ts')).seedCommand,
})

const SERVER: PlaceSpec = { name: localised('서버', 'server') }

async function serverActions() {
  return (await import('../servers-command.ts')).serverActions
}

type ServerAction = keyof Awaited<ReturnType<typeof serverActions>>

function servers(name: ServerAction, spec: Omit<RunnableSpec, 'name' | 'load'>): RunnableSpec {
  const load = async (): Promise<RunCommand> => (await serverActions())[name]
  return administrator({ ...spec, name, load })
}

/** `mt-paas servers …`. */
export const serversSpec: GroupSpec = {
  name: 'servers',
  about: localised('테넌트의 데이터베이스가 있는 PostgreSQL 서버', "PostgreSQL servers that hold tenants' databases"),
  usual: 'list',
  commands: [
    servers('list', { about: localised('서버 목록을 보여 줍니다', 'lists servers') }),
    servers('add', {
      about: localised('서버를 추가하거나 바꿉니다', 'adds a server, or changes it'),
      places: [SERVER, { name: localised('연결 문자열', 'connection string') }],
      options: [
        {
          name: 'pool-url',
          value: values.url,
          about: localised('PgBouncer 같은 풀러의 연결 문자열', 'connection string of a pooler such as PgBouncer'),
        },
        {
          name: 'capacity',
          value: values.count,
          rule: { kind: 'number', least: 1, most: 100_000 },
          about: localised('최대 데이터베이스 수 (기본값 2000)', 'most databases (default 2000)'),
        },
      ],
    }),
    servers('open', { about: localised('새 테넌트를 받습니다', 'lets it take new tenants'), places: [SERVER] }),
    servers('close', {
      about: localised('새 테넌트를 받지 않습니다', 'lets it take no new tenants'),
      places: [SERVER],
    }),
  ],
}
