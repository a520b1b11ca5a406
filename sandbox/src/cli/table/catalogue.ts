import { localised } from '../../conformance/localised.ts'
import type { GroupSpec, RunnableSpec } from '../command/command-spec.ts'
import type { RemoteCall } from '../market/remote-call.ts'
import { values } from './option-values.ts'
import {
  choice,
  columns,
  NUMBER,
  OF_SERVICE,
  PAGE,
  type RemoteOption,
  type RemoteSpec,
  remote,
  SLUG,
  text,
} from './remote.ts'
import { serviceOptions, urlOption } from './simulator-options.ts'

const { slug, address, shape, key, nextKey, health, subscriptions, id, service, state } = columns
const RUN_STATES = ['running', 'passed', 'failed', 'untested', 'cancelled', 'interrupted', 'error']
const SERVICE = [slug, address, shape, key, nextKey, health, subscriptions]

const MANIFEST: readonly RemoteOption[] = [
  {
    name: 'manifest',
    value: localised('JSON|@파일', 'json|@file'),
    kind: 'json',
    spread: true,
    about: localised('이름, 설명, 요금제 등을 담은 JSON', 'JSON with title, description, plans and the rest'),
  },
  text('target', localised('기본 주소', 'base address'), { member: 'base_url', value: values.url }),
  ...serviceOptions,
]

/** The service of the simulator, which needs no manifest. */
const saveSpec: RunnableSpec = {
  name: 'save',
  about: localised(
    '서비스 정보 없이 주소와 키만으로 저장하거나 바꿉니다',
    'saves or changes a service without a manifest',
  ),
  places: [{ name: SLUG.name }],
  options: [
    { name: 'target', value: values.url, about: localised('기본 주소', 'base address') },
    { name: 'title', value: values.text, about: localised('화면에 보여 줄 이름', 'name for people') },
    ...serviceOptions,
    {
      name: 'next-api-key',
      value: values.key,
      about: localised('키를 바꾸는 동안 쓸 다음 키', 'key that takes over while keys are rotated'),
    },
    urlOption,
  ],
  operations: ['simulator.saveService'],
  load: async () => (await import('../simulator/changing-commands.ts')).saveServiceCommand,
}

/** `mt-paas services …`. */
export const servicesSpec: GroupSpec = {
  name: 'services',
  about: localised('마켓의 서비스: 등록, 변경, 상태, 키', 'services of the market: register, change, health, keys'),
  usual: 'list',
  commands: [
    remote(['market.listServices', 'GET', '/market/services'], {
      name: 'list',
      about: localised('서비스 목록을 보여 줍니다', 'lists services'),
      columns: SERVICE,
      rows: 'services',
    }),
    remote(['market.getService', 'GET', '/market/services/{slug}'], {
      name: 'show',
      about: localised('서비스 하나를 보여 줍니다', 'shows a service'),
      places: [SLUG],
      columns: SERVICE,
    }),
    remote(['market.registerService', 'POST', '/market/services'], {
      name: 'register',
      about: localised('서비스를 등록합니다', 'registers a service'),
      places: [SLUG],
      options: MANIFEST,
      columns: SERVICE,
    }),
    remote(['market.updateService', 'PUT', '/market/services/{slug}'], {
      name: 'change',
      about: localised('서비스의 정보를 바꿉니다', 'changes what is named of a service'),
      places: [SLUG],
      options: MANIFEST,
      columns: SERVICE,
    }),
    remote(['market.removeService', 'DELETE', '/market/services/{slug}'], {
      name: 'remove',
      about: localised('서비스를 목록에서 뺍니다', 'takes a service out of the catalogue'),
      places: [SLUG],
    }),
    remote(['market.checkHealth', 'POST', '/market/health'], {
      name: 'check',
      about: localised('서비스의 상태를 확인합니다', 'looks at how services are'),
      places: [{ ...SLUG, optional: true }],
      columns: SERVICE,
      rows: 'services',
    }),
    remote(['market.prepareKey', 'POST', '/market/services/{slug}/next-key'], {
      name: 'rotate-key',
      about: localised('다음 키를 준비합니다', 'prepares the next key'),
      places: [SLUG],
      options: [
        text('next-api-key', localised('다음 키 (기본값은 새로 만든 키)', 'the next key (default a new one)'), {
          value: values.key,
        }),
      ],
      columns: [slug, { heading: localised('새 키', 'New key'), path: 'next_api_key' }],
    }),
    remote(['market.activateKey', 'POST', '/market/services/{slug}/next-key/activate'], {
      name: 'activate-key',
      about: localised('다음 키로 바꿉니다', 'goes over to the next key'),
      places: [SLUG],
      columns: SERVICE,
    }),
    remote(['market.dropKey', 'DELETE', '/market/services/{slug}/next-key'], {
      name: 'drop-key',
      about: localised('준비한 다음 키를 버립니다', 'drops the next key'),
      places: [SLUG],
      columns: SERVICE,
    }),
    saveSpec,
  ],
}

const SAMPLE = { name: localised('샘플', 'sample'), member: 'name' }
const SAMPLES = [columns.name, columns.title, columns.url, { ...state, words: 'sampleStates' } as const]

/** `mt-paas samples …`. */
export const samplesSpec: GroupSpec = {
  name: 'samples',
  about: localised(
    '마켓과 함께 실행되는 샘플 서비스: 조회, 시작, 멈춤',
    'samples beside the market: list, start, stop',
  ),
  usual: 'list',
  commands: [
    remote(['market.listSamples', 'GET', '/market/samples'], {
      name: 'list',
      about: localised('샘플 서비스를 보여 줍니다', 'lists the samples'),
      columns: SAMPLES,
      rows: 'samples',
    }),
    remote(['market.startSample', 'POST', '/market/samples/{name}/start'], {
      name: 'start',
      about: localised('멈춘 샘플을 같은 주소에서 다시 시작합니다', 'starts a stopped sample at the address it had'),
      places: [SAMPLE],
      columns: SAMPLES,
    }),
    remote(['market.stopSample', 'POST', '/market/samples/{name}/stop'], {
      name: 'stop',
      about: localised('샘플을 멈춥니다. 데이터는 남습니다', 'stops a sample; its data stays'),
      places: [SAMPLE],
      columns: SAMPLES,
    }),
  ],
}

const { done, total, mustFailed, shouldFailed, started } = columns
const RUN = [id, service, { ...state, words: 'runStates' } as const, done, total, mustFailed, shouldFailed, started]
const RESULT: NonNullable<RemoteSpec['list']> = {
  member: 'results',
  where: { path: 'outcome', is: 'fail' },
  columns: [
    { heading: localised('실패한 항목', 'Failed check'), path: 'id' },
    { heading: localised('수준', 'Level'), path: 'level' },
    { heading: localised('내용', 'What'), path: 'title.{lang}' },
  ],
}

const START: Pick<RemoteSpec, 'places' | 'options' | 'columns'> = {
  places: [{ name: SLUG.name, member: 'service' }],
  options: [
    text('only', localised('실행할 검사 항목 (쉼표로 구분)', 'checks to run, separated by commas'), { kind: 'list' }),
    text('skip', localised('뺄 검사 항목 (쉼표로 구분)', 'checks to leave out'), { kind: 'list' }),
    choice('level', ['MUST', 'SHOULD']),
    text('seed', localised('시드', 'seed')),
    text('tenant', localised('수치를 확인할 테넌트', 'a tenant whose numbers are checked'), { member: 'read_tenant' }),
    text('baseline', localised('비교할 검사의 번호', 'number of a run of before'), {
      member: 'baseline_run',
      kind: 'number',
    }),
  ],
  columns: RUN,
}

const startSpec = remote(['conformance.start', 'POST', '/conformance/runs'], {
  name: 'start',
  about: localised('서비스의 적합성 검사를 시작합니다', 'starts a run against a service'),
  ...START,
})

const showSpec = remote(['conformance.getRun', 'GET', '/conformance/runs/{id}'], {
  name: 'show',
  about: localised('검사 하나와 실패한 항목을 보여 줍니다', 'shows a run with the checks that failed'),
  places: [NUMBER],
  columns: RUN,
  list: RESULT,
})

const runSpec: RunnableSpec = {
  name: 'run',
  about: localised(
    '서비스를 검사하고 끝날 때까지 기다립니다. 실패하면 1로 끝납니다',
    'runs the checks against a service and waits; ends with 1 when it fails',
  ),
  places: startSpec.places ?? [],
  options: startSpec.options ?? [],
  operations: ['conformance.start', 'conformance.getRun', 'conformance.cancel'],
  async load() {
    const { runConformanceCommand } = await import('../market/conformance-commands.ts')
    return runConformanceCommand(callOf(startSpec), callOf(showSpec))
  },
}

const reportSpec: RunnableSpec = {
  name: 'report',
  about: localised('검사의 보고서를 파일로 씁니다', 'writes the report of a run to a file'),
  places: [{ name: NUMBER.name }],
  options: [
    choice('kind', ['html', 'json', 'junit', 'har', 'badge'], { fallback: 'html' }),
    {
      name: 'out',
      value: values.folder,
      about: localised('파일을 쓸 폴더', 'where it is written'),
      fallback: 'conformance-report',
    },
    urlOption,
  ],
  operations: ['conformance.getFile'],
  load: async () => (await import('../market/conformance-commands.ts')).conformanceReportCommand,
}

function callOf({ call }: RunnableSpec): RemoteCall {
  if (!call) throw new TypeError('This command is no operation')
  return call
}

/** `mt-paas conformance …`. */
export const conformanceSpec: GroupSpec = {
  name: 'conformance',
  about: localised('마켓이 실행하는 적합성 검사와 그 이력', 'conformance runs in the market, and their history'),
  usual: 'list',
  commands: [
    remote(['conformance.listRuns', 'GET', '/conformance/runs'], {
      name: 'list',
      about: localised('검사를 최근 것부터 보여 줍니다', 'lists runs, newest first'),
      options: [OF_SERVICE, choice('state', RUN_STATES), ...PAGE],
      columns: RUN,
      rows: 'runs',
    }),
    showSpec,
    runSpec,
    startSpec,
    reportSpec,
    remote(['conformance.cancel', 'POST', '/conformance/runs/{id}/cancel'], {
      name: 'cancel',
      about: localised('검사를 멈춥니다', 'ends a run'),
      places: [NUMBER],
      columns: RUN,
    }),
    remote(['conformance.remove', 'DELETE', '/conformance/runs/{id}'], {
      name: 'remove',
      about: localised('검사 기록을 지웁니다', 'removes a run'),
      places: [NUMBER],
    }),
  ],
}
