import { createHash } from 'node:crypto'
import type { Application } from './application.ts'

const MAX_NAME_LENGTH = 20

/**
 * A tenant id for a new applicant: kind, university in Latin letters, number of the application. It is unique
 * because the number is, readable also for Korean names, and safe in paths, host names and database names.
 * @param email tells applicants apart whose numbers are the same after all
 */
export async function tenantIdFor({ id, kind, applicant }: Application, email?: string): Promise<string> {
  const usual = `${kind === 'demo' ? 'demo' : 'svc'}_${await latinName(applicant.university_name)}_${id}`
  return email === undefined ? usual : `${usual}_${digest(email)}`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

async function latinName(name: string): Promise<string> {
  // Its tables take several MB, and few services take applications.
  const { default: anyAscii } = await import('any-ascii')
  const latin = anyAscii(name.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_NAME_LENGTH)
    .replaceAll(/^_+|_+$/g, '')
  return latin === '' ? digest(name) : latin
}
