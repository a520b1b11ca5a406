import { authMutants } from './auth-mutants.ts'
import { callbackMutants } from './callback-mutants.ts'
import { httpMutants } from './http-mutants.ts'
import { isolationMutants } from './isolation-mutants.ts'
import { lifecycleMutants } from './lifecycle-mutants.ts'
import type { Mutant } from './mutant.ts'
import { numberMutants } from './number-mutants.ts'
import { configurationMutants } from './settings-mutants.ts'
import { signatureMutants } from './signature-mutants.ts'
import { userMutants } from './user-mutants.ts'
import { webhookMutants } from './webhook-mutants.ts'

/** Every mutant; each check is named by at least one. */
export const allMutants: readonly Mutant[] = Object.freeze([
  ...webhookMutants,
  ...signatureMutants,
  ...callbackMutants,
  ...lifecycleMutants,
  ...authMutants,
  ...numberMutants,
  ...userMutants,
  ...isolationMutants,
  ...configurationMutants,
  ...httpMutants,
])
