import { withAdminSession } from '../database/admin-session.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import { readCentralRows } from './central-rows.ts'
import { examine } from './examine.ts'
import { type Finding, findingKinds, type TreatedFinding } from './finding.ts'
import { fixFinding } from './fix-finding.ts'
import { readCatalogue } from './server-catalogue.ts'

/** Finds what nothing else repairs by itself: what people, crashes or restored backups have left. */
export class Doctor {
  readonly #databases: DatabaseManager

  constructor(databases: DatabaseManager) {
    this.#databases = databases
  }

  /** Everything that is wrong, by name. Changes nothing. */
  async examine(): Promise<readonly Finding[]> {
    const { centralId, databasePrefix } = this.#databases
    const rowsBefore = await readCentralRows(this.#databases.central())
    const territory = { centralId, databasePrefix, known: new Set(rowsBefore.map(({ name }) => name)) }
    // Rows after catalogues: what is made meanwhile has a row before it has a database.
    const servers = await Promise.all(
      (await this.#databases.servers.list()).map(({ id, url }) =>
        withAdminSession({ url }, (session) => readCatalogue(id, session, territory)),
      ),
    )
    return examine(await readCentralRows(this.#databases.central()), servers, centralId)
  }

  /** Fixes what can be fixed without a decision, one after the other, and says what became of each. */
  async fix(findings: readonly Finding[]): Promise<readonly TreatedFinding[]> {
    const databases = this.#databases
    const treated: TreatedFinding[] = []
    for (const finding of findings) {
      if (!findingKinds[finding.kind].fixable) {
        treated.push({ ...finding, fixed: false, error: null })
        continue
      }
      try {
        await fixFinding(finding, databases)
        treated.push({ ...finding, fixed: true, error: null })
      } catch (error) {
        treated.push({ ...finding, fixed: false, error: error instanceof Error ? error.message : String(error) })
      }
    }
    return treated
  }
}
