import type { oas31 } from 'zod-openapi'
import type { Access } from '../contract/index.ts'
import type { DocumentSettings } from './document-options.ts'

type SecuritySettings = Pick<DocumentSettings, 'apiKeyHeader' | 'requireAuth' | 'userTokens'>

/** The ways to authenticate, by the names operations refer to. */
export function securitySchemes({
  apiKeyHeader,
  userTokens,
}: SecuritySettings): Readonly<Record<string, oas31.SecuritySchemeObject>> {
  return {
    MarketKey: { type: 'apiKey', in: 'header', name: apiKeyHeader, description: "The market's key for this service" },
    ...(userTokens && {
      UserToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A token of a user; good for the tenant it names',
      },
    }),
  }
}

/** What an operation asks for: any one of the list, nothing at all when it is empty. */
export function securityOf(access: Access, settings: SecuritySettings): oas31.SecurityRequirementObject[] {
  if (access === 'public') return []
  return [
    ...(settings.requireAuth ? [] : [{}]),
    { MarketKey: [] },
    ...(settings.userTokens && access !== 'market' ? [{ UserToken: [] }] : []),
  ]
}
