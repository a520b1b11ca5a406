import { localised } from '../../conformance/localised.ts'
import { SIMULATOR_PORT } from '../../simulator/simulator-port.ts'
import type { RunnableSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'
import { applicationOptions, bodyOption, pageOptions, serviceOptions, urlOption } from './simulator-options.ts'

const reading = () => import('../simulator/reading-commands.ts')
const sending = () => import('../simulator/sending-commands.ts')
const changing = () => import('../simulator/changing-commands.ts')

const DELIVERY = localised('전송 ID', 'delivery')
const ATTEMPT = localised('시도 | 전송', 'attempt | delivery')
const SLUG = localised('슬러그', 'slug')

const simulatorSpec: RunnableSpec = {
  name: 'simulator',
  about: localised(
    '웹훅을 보내고 모든 기록을 남기는 로컬 마켓을 실행합니다',
    'runs a local market that sends webhooks and keeps everything',
  ),
  more: localised(
    'Ctrl-C를 누를 때까지 실행됩니다. 웹훅을 보내고, 일정에 따라 다시 보내고, 콜백을 받고, 모든 기록을 남깁니다.',
    'Stays up until Ctrl-C: it sends webhooks, repeats them by the schedule, takes callbacks and keeps everything.',
  ),
  options: [
    {
      name: 'port',
      value: values.number,
      rule: { kind: 'port' },
      about: localised('포트, 0은 빈 포트', 'port, 0 takes a free one'),
      fallback: String(SIMULATOR_PORT),
    },
    {
      name: 'host',
      value: localised('주소', 'address'),
      about: localised('연결을 받을 주소 (기본값 127.0.0.1)', 'address to listen on (default 127.0.0.1)'),
    },
    {
      name: 'file',
      value: values.path,
      about: localised('기록을 보관할 파일', 'where it keeps everything'),
      fallback: '.mt-paas/simulator.sqlite',
    },
    {
      name: 'target',
      value: values.url,
      about: localised(
        '서비스의 주소 (기본값 http://127.0.0.1:10300)',
        'your service (default http://127.0.0.1:10300)',
      ),
    },
    {
      name: 'slug',
      value: SLUG,
      about: localised('마켓에서 쓰는 서비스 이름', 'its name in the market'),
      fallback: 'advisor',
    },
    ...serviceOptions,
    {
      name: 'callback-url',
      value: values.url,
      about: localised(
        '콜백을 받을 주소 (기본값은 자신의 /callback)',
        'address for callbacks (default its own /callback)',
      ),
    },
    {
      name: 'allow-public',
      about: localised('공개 호스트에도 웹훅을 보낼 수 있게 합니다', 'lets webhooks go to public hosts as well'),
    },
    {
      name: 'seed',
      value: values.text,
      about: localised('시드가 같으면 ID와 장애도 같습니다', 'same seed, same ids and same faults'),
    },
  ],
  load: async () => (await import('../simulator/simulator-command.ts')).simulatorCommand,
}

const sendingSpecs: readonly RunnableSpec[] = [
  {
    name: 'demo',
    about: localised('30일 데모를 신청하고 웹훅을 보냅니다', 'applies for a demo of 30 days and sends the webhook'),
    options: [...applicationOptions, urlOption],
    operations: ['simulator.applyForDemo', 'simulator.sendApplication'],
    load: async () => (await sending()).demoCommand,
  },
  {
    name: 'service',
    about: localised('서비스를 신청하고 웹훅을 보냅니다', 'applies for a service and sends the webhook'),
    options: [...applicationOptions, urlOption],
    operations: ['simulator.applyForService', 'simulator.sendApplication'],
    load: async () => (await sending()).serviceCommand,
  },
  {
    name: 'trigger',
    about: localised(
      'demo, wrong-key 같은 시나리오를 실행하고 응답을 확인합니다',
      'plays a scenario, such as demo or wrong-key, and checks the answers',
    ),
    more: localised('이름을 적지 않으면 시나리오 목록을 보여 줍니다.', 'Without a name lists the scenarios.'),
    places: [{ name: localised('시나리오', 'scenario'), optional: true }],
    options: [...applicationOptions, urlOption],
    operations: ['simulator.trigger'],
    load: async () => (await sending()).triggerCommand,
  },
  {
    name: 'provision',
    about: localised(
      '신청을 만들고 서비스의 응답을 한 번에 봅니다',
      'makes an application and sends its webhook in one step, flat by default',
    ),
    places: [{ name: localised('demo | service', 'demo | service') }],
    options: [...applicationOptions, urlOption],
    operations: ['simulator.provision'],
    load: async () => (await sending()).provisionCommand,
  },
  {
    name: 'custom',
    about: localised('직접 만든 메시지를 한 번 보냅니다', 'sends a message of your own once'),
    places: [{ name: values.url }],
    options: [
      {
        ...bodyOption,
        about: localised(
          '본문 그대로, @를 붙이면 파일에서 (기본값 {})',
          'body as it stands, from a file with @ (default {})',
        ),
      },
      {
        name: 'header',
        value: localised('이름:값', 'name:value'),
        repeated: true,
        about: localised('헤더, 여러 번 쓸 수 있습니다', 'a header; may be repeated'),
      },
      { name: 'api-key', value: values.key, about: localised('X-API-Key로 보냅니다', 'sent as X-API-Key') },
      { name: 'signing-secret', value: values.secret, about: localised('서명합니다', 'signs it') },
      {
        name: 'signature',
        value: localised('방법', 'how'),
        about: localised('wrong, stale, missing', 'wrong, stale or missing'),
      },
      urlOption,
    ],
    operations: ['simulator.custom'],
    load: async () => (await sending()).customCommand,
  },
  {
    name: 'replay',
    about: localised('같은 ID로 다시 보냅니다', 'sends a delivery again under its id'),
    places: [{ name: DELIVERY }],
    options: [urlOption],
    operations: ['simulator.replay'],
    load: async () => (await sending()).replayCommand,
  },
]

const readingSpecs: readonly RunnableSpec[] = [
  {
    name: 'results',
    about: localised(
      '전송과 그 결과를 최근 것부터 보여 줍니다',
      'lists deliveries with what came of them, newest first',
    ),
    places: [{ name: localised('신청 번호', 'application'), optional: true }],
    options: [...pageOptions, urlOption],
    load: async () => (await reading()).resultsCommand,
  },
  {
    name: 'stats',
    about: localised('성공률, 응답 시간, 실패 원인을 보여 줍니다', 'shows success rate, times and reasons of failure'),
    options: [urlOption],
    load: async () => (await reading()).statsCommand,
  },
  {
    name: 'show',
    about: localised('신청이나 전송의 모든 내용을 보여 줍니다', 'shows all of an application or a delivery'),
    places: [{ name: localised('신청 번호 | 전송 ID', 'application | delivery') }],
    options: [urlOption],
    load: async () => (await import('../simulator/show-command.ts')).showCommand,
  },
  {
    name: 'diff',
    about: localised(
      '두 시도의 다른 점을 보여 줍니다. 다르면 1로 끝납니다',
      'shows where two attempts differ; ends with 1 when they do',
    ),
    places: [{ name: ATTEMPT }, { name: ATTEMPT }],
    options: [urlOption],
    load: async () => (await reading()).diffCommand,
  },
  {
    name: 'tail',
    about: localised('Ctrl-C를 누를 때까지 일어나는 일을 보여 줍니다', 'shows events as they happen, until Ctrl-C'),
    more: localised('--json을 쓰면 한 줄에 문서 하나씩 출력합니다.', 'With --json one document a line.'),
    options: [
      {
        name: 'after',
        value: values.number,
        rule: { kind: 'number', least: 0, most: 999_999_999_999_999 },
        about: localised('이 이벤트 다음부터 보여 줍니다', 'begins after this event'),
      },
      urlOption,
    ],
    load: async () => (await import('../simulator/tail-command.ts')).tailCommand,
  },
]

const changingSpecs: readonly RunnableSpec[] = [
  {
    name: 'open',
    about: localised(
      '열면 로그인되는 화면 주소를 만듭니다. 한 번만 쓸 수 있습니다',
      'makes an address of the page that logs in, once',
    ),
    options: [urlOption],
    operations: ['session.openAddress'],
    load: async () => (await changing()).openCommand,
  },
  {
    name: 'clock',
    about: localised('시계를 보여 주거나 앞으로 옮깁니다', 'shows the clock, or moves it ahead'),
    more: localised(
      '90s, 5m, 75h, 2d 같은 시간을 적으면 그만큼 앞으로 옮깁니다.',
      'With a duration, such as 90s, 5m, 75h or 2d, it moves it ahead.',
    ),
    places: [{ name: localised('시간', 'duration'), optional: true }],
    options: [urlOption],
    operations: ['simulator.advanceClock'],
    load: async () => (await changing()).clockCommand,
  },
  {
    name: 'schedule',
    about: localised('재시도 일정을 보여 주거나 바꿉니다', 'shows or changes the retry schedule'),
    more: localised(
      '각 시도 전에 기다릴 시간을 0s,5s,5m,2h처럼 적습니다. usual은 시작할 때의 일정으로 되돌립니다.',
      'Takes the wait before each attempt, such as 0s,5s,5m,2h; usual goes back to the one it started with.',
    ),
    places: [{ name: localised('대기,… | usual', 'wait,… | usual'), optional: true }],
    options: [urlOption],
    operations: ['simulator.setSchedule'],
    load: async () => (await changing()).scheduleCommand,
  },
  {
    name: 'faults',
    about: localised('마켓이 일으킬 장애를 보여 주거나 정합니다', 'shows or sets the trouble the market makes'),
    more: localised(
      'flaky, duplicate-storm, out-of-order, slow-network, key-rotated, market-restarts, bad-signatures; off는 장애를 끝냅니다.',
      'flaky, duplicate-storm, out-of-order, slow-network, key-rotated, market-restarts, bad-signatures; off ends it.',
    ),
    places: [{ name: localised('장애 | off', 'preset | off'), optional: true }],
    options: [
      {
        name: 'rate',
        value: localised('비율', 'share'),
        about: localised('장애를 겪을 시도의 비율, 0부터 1까지', 'share of attempts, 0 to 1'),
      },
      {
        name: 'seed',
        value: values.text,
        about: localised('시드가 같으면 장애도 같습니다 (기본값 1)', 'same seed, same trouble (default 1)'),
      },
      urlOption,
    ],
    operations: ['simulator.setFaults', 'simulator.clearFaults'],
    load: async () => (await changing()).faultsCommand,
  },
  {
    name: 'reset',
    about: localised('서비스만 남기고 모두 지웁니다', 'forgets everything but the services'),
    options: [urlOption],
    operations: ['simulator.reset'],
    load: async () => (await changing()).resetCommand,
  },
]

/** Commands of the simulator. */
export const simulatorSpecs: readonly RunnableSpec[] = [
  simulatorSpec,
  ...sendingSpecs,
  ...readingSpecs,
  ...changingSpecs,
]
