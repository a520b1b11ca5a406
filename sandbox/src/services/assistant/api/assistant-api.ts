import { type RequestFailure, restProjection } from '@mt-paas/server'
import type { Middleware } from 'koa'
import { assistantText } from '../../../text/assistant-text.ts'
import { requestLanguage } from '../request-language.ts'
import { type AssistantApiParts, createRouter } from './assistant-procedure.ts'
import { chatProcedures } from './chat-procedures.ts'
import { documentProcedures } from './document-procedures.ts'
import { loginProcedures } from './login-procedures.ts'

/** What people of a tenant do in a sample service. */
export const assistantRouter = createRouter({ ...loginProcedures, ...chatProcedures, ...documentProcedures })

/** In bytes; larger documents have to come in parts. */
const LARGEST_BODY = 12 * 1_048_576

/** Serves {@link assistantRouter} at `/api`; messages are in the caller's language. */
export function assistantApi(parts: AssistantApiParts, onError: (failure: RequestFailure) => void): Middleware {
  return restProjection(assistantRouter, {
    prefix: '/api',
    maxBodySize: LARGEST_BODY,
    onError,
    createContext: (exchange) => ({ parts, exchange, text: assistantText(requestLanguage(exchange.koa)) }),
  })
}
