import { signCallback } from '@mt-paas/server'
import { EngineError } from '../engine-error.ts'

/**
 * Checks a signing secret before anything is kept with it.
 * @throws EngineError 422
 */
export function assertSecret(secret: string): void {
  try {
    signCallback({ id: 'check', timestamp: new Date(0), body: '', secrets: [secret] })
  } catch (error) {
    throw EngineError.badSecret(error)
  }
}
