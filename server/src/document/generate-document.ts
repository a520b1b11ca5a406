import { createRequire } from 'node:module'
import type { AnyTRPCRouter } from '@trpc/server'
import type { generateOpenApiDocument } from 'trpc-openapi'
import type { z } from 'zod'
import type { oas31 } from 'zod-openapi'

/** An OpenAPI 3.1 document, plain JSON. */
export type OpenApiDocument = oas31.OpenAPIObject

/** What stands at the head of a document. */
export interface DocumentHead {
  readonly title: string
  readonly version: string
  readonly description: string
  /** Where the paths begin. */
  readonly serverUrl: string
  readonly securitySchemes: Readonly<Record<string, oas31.SecuritySchemeObject>>
  /** Models that no procedure names. */
  readonly models: Readonly<Record<string, z.ZodType>>
}

const require = createRequire(import.meta.url)

/** A router as the generator's types want it; they lag behind those of tRPC. */
type GeneratorRouter = Parameters<typeof generateOpenApiDocument>[0]

/**
 * The raw document of trpc-openapi: paths, parameters, bodies and answers are right, statuses, errors and security
 * are not. The only place that touches the library, which is loaded here: it takes as long as the rest of a service.
 */
export function generateDocument(router: AnyTRPCRouter, head: DocumentHead): OpenApiDocument {
  const { title, version, description, serverUrl, securitySchemes, models } = head
  const library: { readonly generateOpenApiDocument: typeof generateOpenApiDocument } = require('trpc-openapi')
  const document: unknown = library.generateOpenApiDocument(router as unknown as GeneratorRouter, {
    openApiVersion: '3.1.0',
    title,
    version,
    description,
    baseUrl: serverUrl,
    securitySchemes: { ...securitySchemes },
    defs: { ...models },
  })
  return document as OpenApiDocument
}
