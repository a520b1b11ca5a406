export { type DocumentEndpointsOptions, documentEndpoints } from './document-endpoints.ts'
export type { OpenApiDocumentOptions } from './document-options.ts'
export type { OpenApiDocument } from './generate-document.ts'
export { openApiDocument } from './openapi-document.ts'
