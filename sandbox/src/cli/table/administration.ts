import { localised } from '../../conformance/localised.ts'
import type { GroupSpec, RunCommand, RunnableSpec } from '../command/command-spec.ts'
import { administrator, ID } from './administrator.ts'
import { values } from './option-values.ts'

type TenantAction = keyof Awaited<ReturnType<typeof tenantActions>>

async function tenantActions() {
  return (await import('../tenants-command.ts')).tenantActions
}

function tenants(name: TenantAction, spec: Omit<RunnableSpec, 'name' | 'load'>): RunnableSpec {
  const load = async (): Promise<RunCommand> => (await tenantActions())[name]
  return administrator({ ...spec, name, load })
}

const reason = localised('사유', 'text')

/** `mt-paas tenants …`. */
export const tenantsSpec: GroupSpec = {
  name: 'tenants',
  about: localised(
    '테넌트를 조회, 생성, 정지, 재개, 삭제, 복원합니다',
    'lists, makes, suspends, resumes, deletes and restores tenants',
  ),
  commands: [
    tenants('list', {
      about: localised('테넌트를 오래된 것부터 보여 줍니다', 'tenants, oldest first'),
      options: [
        {
          name: 'status',
          value: values.state,
          rule: { kind: 'choice', choices: ['pending', 'provisioning', 'active', 'suspended', 'deleted', 'purged'] },
          about: localised(
            'pending, provisioning, active, suspended, deleted, purged 중 하나',
            'pending, provisioning, active, suspended, deleted or purged',
          ),
        },
        { name: 'plan', value: values.name, about: localised('해당 요금제의 테넌트만', 'tenants of a plan') },
        {
          name: 'search',
          value: values.text,
          about: localised('ID, 이름, 이메일에서 찾을 글자', 'text in the id, the name or an e-mail'),
        },
        {
          name: 'limit',
          value: values.count,
          rule: { kind: 'number', least: 1, most: 500 },
          about: localised('한 페이지의 최대 테넌트 수, 1부터 500까지', 'most tenants of a page, 1 to 500'),
          fallback: '50',
        },
        {
          name: 'after',
          value: localised('커서', 'cursor'),
          about: localised('이 커서 다음 페이지', 'the page after this one'),
        },
      ],
    }),
    tenants('show', {
      about: localised('테넌트의 모든 정보를 보여 줍니다', 'all about a tenant'),
      places: [ID],
    }),
    tenants('create', {
      about: localised('테넌트와 데이터베이스를 만듭니다', 'makes a tenant with its database'),
      places: [ID],
      options: [
        { name: 'name', value: values.name, about: localised('이름 (기본값은 ID)', 'name (default the id)') },
        { name: 'plan', value: values.name, about: localised('요금제', 'plan'), fallback: 'basic' },
        {
          name: 'email',
          value: localised('주소', 'address'),
          about: localised('담당자 이메일', 'e-mail of the contact'),
        },
        { name: 'contact', value: values.name, about: localised('담당자 이름', 'name of the contact') },
        {
          name: 'features',
          value: localised('a,b', 'a,b'),
          about: localised('요금제에 추가할 기능', 'features beside those of the plan'),
        },
      ],
    }),
    tenants('suspend', {
      about: localised('테넌트를 아무도 사용할 수 없게 정지합니다', 'keeps everybody from using a tenant'),
      places: [ID],
      options: [
        { name: 'reason', value: reason, needed: true, about: localised('정지 사유 (필수)', 'why (required)') },
      ],
    }),
    tenants('activate', {
      about: localised(
        '정지된 테넌트를 재개하거나, 만들다 만 테넌트를 마저 만듭니다',
        'lets a suspended tenant be used again, or goes on with making one',
      ),
      places: [ID],
    }),
    tenants('delete', {
      about: localised(
        '테넌트를 삭제합니다. 데이터는 보관 기간 동안 남습니다',
        'ends a tenant; its data is kept for the retention time',
      ),
      places: [ID],
      options: [
        { name: 'reason', value: reason, about: localised('삭제 사유', 'why') },
        {
          name: 'hard',
          about: localised('데이터를 바로 지웁니다. --yes도 필요합니다', 'removes the data now; needs --yes'),
        },
        { name: 'yes', about: localised('데이터를 지워도 된다고 확인합니다', 'yes, remove the data') },
      ],
    }),
    tenants('move', {
      about: localised(
        '테넌트의 데이터베이스를 다른 PostgreSQL 서버로 옮깁니다',
        "moves a tenant's database to another PostgreSQL server",
      ),
      more: localised(
        '옮긴 뒤에도 이전 데이터베이스는 닫힌 채로 남습니다. --remove-old로 지울 수 있습니다.',
        'The old database is kept, closed, unless --remove-old removes it.',
      ),
      places: [ID, { name: localised('서버', 'server') }],
      options: [
        {
          name: 'remove-old',
          about: localised('이전 데이터베이스를 지웁니다', 'removes the database on the old server'),
        },
      ],
    }),
    tenants('restore', {
      about: localised(
        '데이터가 남아 있는 삭제된 테넌트를 되살립니다',
        'brings back a deleted tenant whose data is still kept',
      ),
      places: [ID],
    }),
  ],
}

/** `mt-paas migrate`. */
export const migrateSpec = administrator({
  name: 'migrate',
  about: localised(
    '모든 테넌트의 데이터베이스를 최신 스키마로 올립니다',
    "brings every tenant's database to the newest schema",
  ),
  more: localised(
    '테넌트 몇 개를 먼저 올려 본 다음 나머지를 올립니다. 실패한 테넌트가 있어도 다른 테넌트는 계속하며, 다시 실행하면 남은 것부터 이어서 합니다.',
    'A few tenants go first, then the rest. A tenant that fails keeps only itself back; running it again goes on with what is left.',
  ),
  options: [
    {
      name: 'dry-run',
      about: localised('무엇을 할지만 보여 주고 아무것도 하지 않습니다', 'shows what would be done, and does nothing'),
    },
    {
      name: 'drift',
      about: localised(
        '마이그레이션 결과와 스키마가 다른 테넌트를 보여 주고 아무것도 바꾸지 않습니다',
        'shows tenants whose schema is not what the migrations make, and changes nothing',
      ),
    },
    {
      name: 'concurrency',
      value: values.count,
      rule: { kind: 'number', least: 1, most: 100 },
      about: localised('동시에 올릴 최대 테넌트 수 (기본값 8)', 'most tenants at a time (default 8)'),
    },
    {
      name: 'canary',
      value: values.count,
      rule: { kind: 'number', least: 0, most: 10_000 },
      about: localised(
        '먼저 올려 볼 테넌트 수, 모두 성공해야 나머지를 올립니다 (기본값 3)',
        'tenants that go first, all of which must succeed (default 3)',
      ),
    },
    {
      name: 'max-failures',
      value: localised('비율', 'part'),
      rule: { kind: 'number', least: 0, most: 1 },
      about: localised(
        '실패를 허용하는 비율, 0부터 1까지. 넘으면 멈춥니다 (기본값 0.1)',
        'part of the tenants, 0 to 1, that may fail before it stops (default 0.1)',
      ),
    },
  ],
  load: async () => (await import('../migrate-command.ts')).migrateCommand,
})

/** `mt-paas doctor`. */
export const doctorSpec = administrator({
  name: 'doctor',
  about: localised('서로 맞지 않는 것을 찾아 고칩니다', 'finds and repairs what does not fit together'),
  more: localised(
    '중앙 데이터베이스와 서버를 비교하여 맞지 않는 것을 보여 줍니다. 문제가 없으면 0으로 끝납니다.',
    'Compares the central database with the servers and shows what does not fit. Ends with 0 when nothing is wrong.',
  ),
  options: [
    {
      name: 'fix',
      about: localised(
        '고칠 수 있는 것을 고칩니다. 이름과 표식이 모두 mt-paas의 것일 때만 지웁니다',
        'repairs what can be repaired; removes only what is named and marked as ours',
      ),
    },
  ],
  load: async () => (await import('../doctor-command.ts')).doctorCommand,
})
