import type { Dictionary } from './dictionary.ts'
import { simulatorEn } from './simulator-en.ts'

/** English. */
export const en: Dictionary = {
  language: 'en',
  simulator: simulatorEn,
  command: {
    help: `Usage: mt-paas <command> [options]

Commands:
  demo         starts PostgreSQL and a sample service, and turns a demo application into a tenant
  tenants      lists, makes, suspends, resumes, deletes and restores tenants
  migrate      brings every tenant's database to the newest schema
  doctor       finds and repairs what does not fit together
  verify       tries out a service against the whole contract
${simulatorEn.summary}
Options:
  -h, --help       shows this help
  -V, --version    shows the version

Help of a command: mt-paas <command> --help
`,
    demoHelp: ({ port, dataDir }) => `Usage: mt-paas demo [options]

Starts PostgreSQL and the sample service Advisor, sends the market's demo webhook, which makes a tenant,
then reads back status, statistics and users and shows them in a table. Stays up until Ctrl-C.

Options:
      --port <number>     port of Advisor (default ${port}, 0 takes a free one)
      --data-dir <folder> where data is kept (default ${dataDir})
      --lang <ko|en>      language (default that of the system)
      --once              ends when the job is done
      --json              prints one JSON document and no table
  -h, --help              shows this help

Variables:
  CENTRAL_DATABASE_URL    a server to use in place of the embedded PostgreSQL
  MARKET_API_KEY          the market's API key (made and kept in the data folder when not set)
  NO_COLOR                no colours
`,
    unknownCommand: (name) => `Unknown command: ${name}`,
    unknownOption: (option) => `Unknown option: ${option}`,
    missingValue: (option) => `Option needs a value: ${option}`,
    badLanguage: (value) => `--lang must be ko or en: ${value}`,
    badPort: (value) => `--port must be a number from 0 to 65535: ${value}`,
    unexpectedArgument: (value) => `Unexpected argument: ${value}`,
    interrupted: 'Interrupted.',
    failed: (reason) => `Failed: ${reason}`,
  },
  demo: {
    initialisingDatabase: 'Preparing PostgreSQL for its first use…',
    recoveringDatabase: 'Tidying up the PostgreSQL that an earlier run left…',
    startingDatabase: 'Starting PostgreSQL…',
    databaseReady: (port) => `PostgreSQL runs on 127.0.0.1:${port}`,
    connectingDatabase: 'Connecting to the PostgreSQL of CENTRAL_DATABASE_URL…',
    connectedDatabase: 'Connected to PostgreSQL',
    startingService: 'Starting the sample service Advisor…',
    serviceReady: (url) => `Advisor runs on ${url}`,
    sendingWebhook: (university) => `Sending the market's demo webhook (${university})…`,
    tenantCreated: (id) => `Made the database of tenant ${id}`,
    tenantReused: (id) => `Reused the tenant ${id}, which was there already`,
    readingBack: 'Reading back status, statistics and users…',
    readBack: 'Read status, statistics and users',
    stayingUp: 'Running. Press Ctrl-C to stop.',
    documentation: (url) => `API documentation: ${url}`,
    apiKey: (place) => `API key: ${place}`,
    stopping: 'Stopping…',
    stopped: 'Everything has stopped.',
    portTaken: (port) => `Port ${port} on 127.0.0.1 is taken by another program. Choose another with --port.`,
    databaseUnreachable: (reason) => `The PostgreSQL of CENTRAL_DATABASE_URL cannot be used: ${reason}`,
    databaseProblem: (_problem, reason) => `${reason}.`,
    unexpectedAnswer: (request, answer) => `Unexpected answer to ${request}: ${answer}`,
  },
  table: {
    tenant: 'Tenant',
    university: 'University',
    database: 'Database',
    status: 'Status',
    plan: 'Plan',
    users: 'Users',
    administrator: 'Administrator',
    expires: 'Expires',
    accessUrl: 'Access URL',
    provisioned: 'Provisioning',
    total: 'Total time',
    created: 'created',
    reused: 'reused',
    seconds: (seconds) => `${seconds} s`,
  },
  page: {
    status: 'Status',
    users: 'Users',
    plan: 'Plan',
    unknownTitle: 'Tenant not found',
    unknownText: 'Please check the address.',
    noTenantTitle: 'No tenant was named',
    noTenantText: "Please open the tenant's access URL.",
    states: {
      pending: 'being prepared',
      provisioning: 'being prepared',
      active: 'active',
      suspended: 'suspended',
      deleted: 'deactivated',
      purged: 'deactivated',
    },
  },
}
