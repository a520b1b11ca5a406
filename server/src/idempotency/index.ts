export type { IdempotencyClaim, IdempotencyStore, IdempotentRequest } from './idempotency-store.ts'
export { type MemoryIdempotencyOptions, memoryIdempotencyStore } from './memory-idempotency-store.ts'
export { runOnce } from './run-once.ts'
