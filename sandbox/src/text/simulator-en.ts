import type { SimulatorText } from './simulator-dictionary.ts'

const COMMON = `      --url <address>     simulator (default http://127.0.0.1:9000, or MT_SIMULATOR_URL)
      --lang <ko|en>      language (default that of the system)
      --json              prints one JSON document
  -h, --help              shows this help
`
const OVERRIDES = `      --service <slug>    service to apply for (default the first one)
      --email <e-mail>    applicant
      --name <name>       applicant's name
      --university <name> applicant's university
      --contact <text>    telephone number
      --reason <text>     reason
      --start-date <day>  YYYY-MM-DD
      --end-date <day>    YYYY-MM-DD
      --shape <shape>     flat, nested or standard
      --webhook-url <url> another address to send to
      --api-key <key>     another key to send
`

function help(usage: string, says: string, options = ''): string {
  return `Usage: mt-paas ${usage}\n\n${says}\n\nOptions:\n${options}${COMMON}`
}

/** English. */
export const simulatorEn: SimulatorText = {
  summary: `  simulator    runs a local market that sends webhooks and keeps everything
  service      applies for a service and sends the webhook
  trigger      plays a scenario, such as demo or wrong-key
  custom       sends a message of your own
  applications, results, stats, show, diff, replay, tail
               look at what the simulator keeps, or send it again
  services, clock, faults, reset
               change the simulator
  sign, verify-signature
               make and check Standard Webhooks signatures
`,
  help: {
    simulator: `Usage: mt-paas simulator [options]

Runs a local market until Ctrl-C: it sends webhooks, repeats them by the schedule, takes callbacks and keeps everything.

Options:
      --port <number>          port (default 9000, 0 takes a free one)
      --host <address>         address to listen on (default 127.0.0.1)
      --file <path>            where it keeps everything (default .mt-paas/simulator.sqlite)
      --target <url>           your service (default http://127.0.0.1:10300)
      --slug <slug>            its name in the market (default advisor)
      --shape <shape>          flat, nested or standard (default nested)
      --api-key <key>          key your service expects (default mt_dev_key_12345)
      --signing-secret <s>     signs webhooks with it
      --service-key <key>      what callbacks must carry as X-Service-API-Key
      --callback-secret <s>    what callbacks must be signed with
      --callback-url <url>     address for callbacks (default its own /callback)
      --allow-public           lets webhooks go to public hosts as well
      --seed <text>            same seed, same ids and same faults
      --lang <ko|en>           language (default that of the system)
      --json                   prints one JSON document
  -h, --help                   shows this help
`,
    service: help('service [options]', 'Applies for a service and sends the webhook.', OVERRIDES),
    applications: help(
      'applications [options]',
      'Lists applications, newest first.',
      `      --status <state>    pending, sent, completed or failed
      --kind <kind>       demo or service
      --before <number>   those before this one
      --limit <number>    at most so many (default 50)
`,
    ),
    results: help(
      'results [application] [options]',
      'Lists deliveries with what came of them, newest first.',
      `      --before <number>   those before this sequence number
      --limit <number>    at most so many (default 50)
`,
    ),
    stats: help('stats [options]', 'Shows success rate, times and reasons of failure.'),
    show: help('show <application | delivery> [options]', 'Shows all of an application or a delivery.'),
    diff: help(
      'diff <attempt | delivery> <attempt | delivery> [options]',
      'Shows where two attempts differ. Ends with 1 when they do.',
    ),
    replay: help('replay <delivery> [options]', 'Sends a delivery again under its id.'),
    tail: help(
      'tail [options]',
      'Shows events as they happen, until Ctrl-C. With --json one document a line.',
      '      --after <number>    begins after this event\n',
    ),
    trigger: help(
      'trigger <scenario> [options]',
      'Plays a scenario and checks the answers. Without a name lists the scenarios.',
      OVERRIDES,
    ),
    custom: help(
      'custom <url> [options]',
      'Sends a message of your own once.',
      `      --body <text|@file> body as it stands, from a file with @ (default {})
      --header <name:value> a header; may be repeated
      --api-key <key>     sent as X-API-Key
      --signing-secret <s> signs it
      --signature <how>   wrong, stale or missing
`,
    ),
    services: help(
      'services [slug] [options]',
      'Lists services; with a slug registers one, or changes what is named.',
      `      --target <url>      base address
      --title <text>      name for people
      --shape <shape>     flat, nested or standard
      --api-key <key>     key it expects
      --next-api-key <k>  key that takes over while keys are rotated
      --signing-secret <s> signs webhooks
      --service-key <key> what its callbacks must carry
      --callback-secret <s> what its callbacks must be signed with
`,
    ),
    clock: help(
      'clock [duration] [options]',
      'Shows the clock; with a duration, such as 90s, 5m, 75h or 2d, moves it ahead.',
    ),
    faults: help(
      'faults [preset | off] [options]',
      'Shows or sets the trouble the market makes: flaky, duplicate-storm, out-of-order, slow-network, key-rotated,\nmarket-restarts, bad-signatures.',
      `      --rate <share>      share of attempts, 0 to 1
      --seed <text>       same seed, same trouble (default 1)
`,
    ),
    reset: help('reset [options]', 'Forgets everything but the services.'),
    sign: `Usage: mt-paas sign [options] < body

Prints the headers of a Standard Webhooks signature over the body on standard input.

Options:
      --secret <secret>   whsec_… or text; needed
      --id <id>           webhook-id (default a new one)
      --timestamp <s>     seconds since 1970 (default now)
      --body <text|@file> body in place of standard input
      --lang <ko|en>      language (default that of the system)
      --json              prints one JSON document
  -h, --help              shows this help
`,
    'verify-signature': `Usage: mt-paas verify-signature [options] < body

Checks a Standard Webhooks signature over the body on standard input. Ends with 1 when it does not hold.

Options:
      --secret <secret>   whsec_… or text; needed
      --id <id>           webhook-id; needed
      --timestamp <s>     webhook-timestamp; needed
      --signature <text>  webhook-signature; needed
      --tolerance <s>     how old it may be (default 300)
      --body <text|@file> body in place of standard input
      --lang <ko|en>      language (default that of the system)
      --json              prints one JSON document
  -h, --help              shows this help
`,
  },
  columns: {
    id: 'Id',
    kind: 'Kind',
    status: 'Status',
    university: 'University',
    service: 'Service',
    tenant: 'Tenant',
    delivery: 'Delivery',
    application: 'Application',
    state: 'State',
    attempts: 'Attempts',
    http: 'HTTP',
    ms: 'ms',
    reason: 'Reason',
    next: 'Next attempt',
    at: 'Time',
    event: 'Event',
    place: 'Place',
    left: 'Left',
    right: 'Right',
    address: 'Address',
    shape: 'Shape',
    signed: 'Signed',
    count: 'Count',
    what: 'What',
  },
  missingArgument: (name) => `Argument needed: ${name}`,
  badValue: (option, value, expected) => `${option} must be ${expected}: ${value}`,
  unreachable: (url) => `No simulator answers at ${url}. Start one with mt-paas simulator, or name another with --url.`,
  refused: (message) => `The simulator says: ${message}`,
  unreadableFile: (path) => `This file cannot be read: ${path}`,
  running: (url) => `The simulator runs on ${url}`,
  log: (path) => `Everything is kept in ${path}`,
  stayingUp: 'Running. Press Ctrl-C to stop.',
  stopped: 'The simulator has stopped.',
  portTaken: (port) => `Port ${port} is taken by another program. Choose another with --port.`,
  fileInUse: (path) => `Another simulator uses ${path}. Choose another file with --file.`,
  nothing: 'Nothing yet.',
  same: 'No difference.',
  asExpected: (scenario) => `${scenario}: as expected`,
  notAsExpected: (scenario) => `${scenario}: not as expected`,
  expected: (statuses) => `expected ${statuses}`,
  noAnswer: 'no answer',
  clock: (now, ahead) => `${now} (${ahead} ahead)`,
  noFaults: 'No faults.',
  faults: (preset, percent, seed) => `${preset}, ${percent} of attempts, seed ${seed}`,
  isReset: 'Everything but the services is forgotten.',
  signatureValid: 'The signature holds.',
  signatureInvalid: {
    headers: 'The headers are missing or malformed.',
    timestamp: 'The timestamp is too far from now.',
    signature: 'The signature does not hold.',
  },
  statistics: {
    successRate: 'Success rate',
    applications: 'Applications',
    deliveries: 'Deliveries',
    attempts: 'Attempts',
    callbacks: 'Callbacks',
    duration: 'Time of answers (ms)',
    failures: 'Reasons of failure',
  },
  following: 'Following. Press Ctrl-C to stop.',
}
