import type { Operation } from '../contract/index.ts'
import type { ProcedureDefinition } from '../rest/procedure-definition.ts'
import type { DocumentSettings } from './document-options.ts'

/** What an operation of the document is made from, beside what the generator made of it. */
export interface OperationSource {
  readonly definition: ProcedureDefinition
  readonly operation: Operation
  readonly settings: DocumentSettings
}
