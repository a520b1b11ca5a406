import type { AdminDictionary } from './admin-dictionary.ts'

const COMMON = `      --service <file>    module that exports tenantEntities and tenantMigrations (default the sample Advisor)
      --data-dir <folder> where the embedded PostgreSQL keeps its data (default .mt-paas)
      --lang <ko|en>      language (default that of the system)
      --json              prints one JSON document and no table
  -h, --help              shows this help

Variables:
  CENTRAL_DATABASE_URL    the central database, or its parts in MT_DB_HOST, _PORT, _USER, _PASSWORD and _NAME;
                          without them the embedded PostgreSQL is used
`

/** English. */
export const adminEn: AdminDictionary = {
  tenantsHelp: `Usage: mt-paas tenants <action> [options]

Actions:
  list                  tenants, oldest first
  show <id>             all about a tenant
  create <id>           makes a tenant with its database
  suspend <id>          keeps everybody from using a tenant
  activate <id>         lets a suspended tenant be used again, or goes on with making one
  delete <id>           ends a tenant; its data is kept for the retention time
  restore <id>          brings back a deleted tenant whose data is still kept

Options of list:
      --status <state>    pending, provisioning, active, suspended, deleted or purged
      --plan <name>       tenants of a plan
      --search <text>     text in the id, the name or an e-mail
      --limit <number>    most tenants of a page, 1 to 500 (default 50)
      --after <cursor>    the page after this one
Options of create:
      --name <text>       name (default the id)
      --plan <name>       plan (default basic)
      --email <address>   e-mail of the contact
      --contact <text>    name of the contact
      --features <a,b>    features beside those of the plan
Options of suspend:
      --reason <text>     why (required)
Options of delete:
      --reason <text>     why
      --hard              removes the data now; needs --yes
      --yes               yes, remove the data

Options:
${COMMON}`,
  migrateHelp: `Usage: mt-paas migrate [options]

Brings the database of every active tenant to the newest schema: a few tenants first, then the rest. A tenant that
fails keeps only itself back; running it again goes on with what is left.

Options:
      --dry-run               shows what would be done, and does nothing
      --drift                 shows tenants whose schema is not what the migrations make, and changes nothing
      --concurrency <number>  most tenants at a time (default 8)
      --canary <number>       tenants that go first, all of which must succeed (default 3)
      --max-failures <part>   part of the tenants, 0 to 1, that may fail before it stops (default 0.1)
${COMMON}`,
  doctorHelp: `Usage: mt-paas doctor [options]

Compares the central database with the servers and shows what does not fit. Ends with 0 when nothing is wrong.

Options:
      --fix               repairs what can be repaired; removes only what is named and marked as ours
${COMMON}`,
  missingArgument: (name) => `Missing argument: ${name}`,
  badChoice: (option, choices) => `${option} must be one of ${choices}`,
  badNumber: (option, least, most) => `${option} must be a number from ${least} to ${most}`,
  needsYes: '--hard removes the data for good. Say --yes as well.',
  badService: (file) => `${file} exports no tenantEntities and tenantMigrations`,
  startingDatabase: 'Starting PostgreSQL…',
  states: {
    pending: 'pending',
    provisioning: 'being made',
    active: 'active',
    suspended: 'suspended',
    deleted: 'deleted',
    purged: 'purged',
  },
  columns: {
    id: 'Tenant',
    name: 'Name',
    state: 'State',
    plan: 'Plan',
    database: 'Database',
    server: 'Server',
    contact: 'Contact',
    features: 'Features',
    subscription: 'Subscription',
    expires: 'Expires',
    keptUntil: 'Data kept until',
    created: 'Created',
    schema: 'Schema',
    migrations: 'Migrations',
    reason: 'Reason',
    problem: 'Problem',
    treatment: 'Treatment',
    last: 'Last change',
    missing: 'Missing',
    extra: 'Extra',
  },
  open: 'open',
  page: (shown, total) => `${shown} of ${total} tenants`,
  next: (cursor) => `Next page: --after ${cursor}`,
  did: {
    created: (id) => `Made the tenant ${id}.`,
    suspended: (id) => `Suspended the tenant ${id}.`,
    activated: (id) => `The tenant ${id} is active.`,
    deleted: (id, until) => `Deleted the tenant ${id}; its data is kept until ${until}.`,
    purged: (id) => `Deleted the tenant ${id} with its data.`,
    restored: (id) => `Restored the tenant ${id} with its data.`,
  },
  migration: {
    upToDate: 'Every tenant has the newest schema.',
    behind: (count) => `${count} tenants have not the newest schema.`,
    unknownVersion: 'unknown version: those it lacks',
    done: (migrated, seconds) => `Migrated ${migrated} tenants in ${seconds} s.`,
    failed: (count) => `${count} tenants failed:`,
    busy: (ids) => `Others were working on: ${ids}`,
    stopped: {
      canary: (untried) => `Stopped because one of the first tenants failed; ${untried} were not tried.`,
      'failure-rate': (untried) => `Stopped because too many failed; ${untried} were not tried.`,
      aborted: (untried) => `Interrupted; ${untried} were not tried.`,
    },
    remaining: (seconds) => `${seconds} s left`,
    noDrift: (compared) => `The schemas of ${compared} tenants are as the migrations make them.`,
    unreadable: (id, error) => `${id} could not be read: ${error}`,
  },
  doctor: {
    sound: 'Nothing is wrong.',
    fixed: 'fixed',
    notFixed: 'not fixed',
    canFix: '--fix repairs it',
    byHand: 'needs a decision',
    kinds: {
      'database-without-row': 'database that nobody knows of',
      'unregistered-database': 'database is not registered',
      'row-without-database': 'database is missing',
      'warm-row-without-database': 'database made ahead is missing',
      'foreign-database': "database is someone else's",
      'invalid-database': 'removal was cut off',
      'role-without-tenant': 'role without a database',
      'public-connect': 'every role may connect',
      'suspended-open': 'suspended, but takes connections',
      'active-closed': 'active, but takes no connections',
      'needs-attention': 'work on it was given up',
      'migration-failed': 'last migration failed',
    },
  },
}
