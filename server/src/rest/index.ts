export type { OpenApiOperation, RestMeta, RestOptions } from './rest-meta.ts'
export { type RequestFailure, type RestProjectionOptions, restProjection } from './rest-projection.ts'
