export type { OperationName } from '@mt-paas/server/contract'
