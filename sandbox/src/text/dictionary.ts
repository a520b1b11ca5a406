import type { EmbeddedServerProblem, TenantState } from '@mt-paas/core'
import type { Language } from './language.ts'
import type { SimulatorText } from './simulator-dictionary.ts'

/** Every text that people read, in one language. */
export interface Dictionary {
  readonly language: Language
  readonly simulator: SimulatorText
  readonly command: {
    /** Headings of help, by commander's own. */
    readonly headings: Readonly<Record<string, string>>
    readonly usage: { readonly program: string; readonly group: string; readonly options: string }
    readonly helpOption: string
    readonly versionOption: string
    readonly helpOfCommand: string
    readonly variables: string
    readonly byDefault: (value: string) => string
    readonly unknownCommand: (name: string) => string
    readonly unknownOption: (option: string) => string
    readonly missingValue: (option: string) => string
    readonly badLanguage: (value: string) => string
    readonly missingArgument: (name: string) => string
    readonly badPort: (option: string, value: string) => string
    readonly badChoice: (option: string, choices: string) => string
    readonly badNumber: (option: string, least: number, most: number) => string
    readonly unexpectedArgument: (value: string) => string
    readonly done: string
    readonly interrupted: string
    readonly failed: (reason: string) => string
  }
  readonly sandbox: {
    readonly initialisingDatabase: string
    readonly recoveringDatabase: string
    readonly startingDatabase: string
    readonly databaseReady: (port: number) => string
    readonly stayingUp: string
    readonly apiKey: (place: string) => string
    readonly stopping: string
    readonly stopped: string
    readonly portTaken: (port: number, option: string) => string
    readonly databaseUnreachable: (reason: string) => string
    readonly databaseProblem: (problem: EmbeddedServerProblem, reason: string) => string
    readonly unexpectedAnswer: (request: string, answer: string) => string
    readonly startingService: (title: string) => string
    readonly serviceReady: (title: string, url: string) => string
    readonly buildingPage: string
    readonly pageBuilt: string
    readonly pageFailed: (reason: string) => string
    readonly marketReady: (url: string) => string
    readonly applying: (title: string) => string
    readonly tenantMade: (title: string, id: string) => string
    readonly tenantFound: (title: string, id: string) => string
    readonly tenantsMigrated: (title: string, count: number) => string
    /** `reasons` are those of single tenants. */
    readonly tenantsOutdated: (title: string, reasons: string) => string
    readonly ready: (seconds: string) => string
    readonly page: string
    readonly columns: Readonly<
      Record<'service' | 'address' | 'documentation' | 'tenant' | 'university' | 'plan' | 'users' | 'accessUrl', string>
    >
    readonly fileInUse: (file: string) => string
    readonly brokenSecrets: (file: string) => string
  }
  readonly starter: {
    readonly badName: (name: string) => string
    readonly notEmpty: (folder: string) => string
    readonly next: (folder: string) => string
  }
  readonly page: {
    readonly status: string
    readonly users: string
    readonly plan: string
    readonly unknownTitle: string
    readonly unknownText: string
    readonly noTenantTitle: string
    readonly noTenantText: string
    readonly states: Readonly<Record<TenantState, string>>
  }
}
