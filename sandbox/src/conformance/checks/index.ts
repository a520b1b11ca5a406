import type { Check } from '../check.ts'
import { authChecks } from './auth.ts'
import { billingChecks } from './billing.ts'
import { bodyChecks } from './body.ts'
import { callbackChecks } from './callback.ts'
import { classicChecks } from './classic.ts'
import { compatChecks, simulatorChecks } from './compat.ts'
import { concurrencyChecks } from './concurrency.ts'
import { deactivateChecks } from './deactivate.ts'
import { errorChecks, unknownTenantChecks } from './errors.ts'
import { healthChecks } from './health.ts'
import { httpChecks } from './http.ts'
import { idempotencyChecks } from './idempotency.ts'
import { isolationChecks } from './isolation.ts'
import { activateChecks, statusChecks } from './lifecycle.ts'
import { listUsersChecks, pagingChecks } from './list-users.ts'
import { queryChecks } from './query.ts'
import { resourcesChecks } from './resources.ts'
import { settingsChecks } from './settings.ts'
import { refusedSignatureChecks, signatureChecks } from './signature.ts'
import { costsChecks, statsChecks, topUsersChecks } from './stats.ts'
import { expiryChecks } from './tenant-expiry.ts'
import { reuseChecks } from './tenant-reuse.ts'
import { idChecks, textChecks } from './text.ts'
import { documentChecks, trpcChecks } from './trpc.ts'
import { updateUserChecks } from './update-user.ts'
import { usageChecks } from './usage.ts'
import { createUserChecks, userChecks } from './users.ts'
import { webhookChecks } from './webhook.ts'

/** Every check, the five classic ones first. */
export const allChecks: readonly Check[] = Object.freeze([
  ...classicChecks,
  ...healthChecks,
  ...activateChecks,
  ...statusChecks,
  ...deactivateChecks,
  ...authChecks,
  ...unknownTenantChecks,
  ...usageChecks,
  ...statsChecks,
  ...costsChecks,
  ...topUsersChecks,
  ...billingChecks,
  ...listUsersChecks,
  ...pagingChecks,
  ...createUserChecks,
  ...userChecks,
  ...updateUserChecks,
  ...resourcesChecks,
  ...settingsChecks,
  ...isolationChecks,
  ...concurrencyChecks,
  ...idempotencyChecks,
  ...httpChecks,
  ...queryChecks,
  ...bodyChecks,
  ...textChecks,
  ...idChecks,
  ...errorChecks,
  ...webhookChecks,
  ...reuseChecks,
  ...expiryChecks,
  ...signatureChecks,
  ...refusedSignatureChecks,
  ...callbackChecks,
  ...compatChecks,
  ...simulatorChecks,
  ...trpcChecks,
  ...documentChecks,
])
