import { UsageData, UsageResponse } from '@mt-paas/server/contract'
import { z } from 'zod'

/** Answers of an assistant's own paths, as far as tests read them. */
export const ApprovalAnswer = z.object({ tenant_id: z.string(), access_url: z.string(), expires_at: z.string() })
export const LoginAnswer = z.object({ token: z.string() })
export const MeAnswer = z.object({ user: z.object({ user_id: z.string() }) })
export const InvitationAnswer = z.object({ url: z.string() })
export const ChatAnswer = z.object({
  session_id: z.string(),
  answer: z.string(),
  sources: z.array(z.object({ title: z.string() })),
})
export const SessionListAnswer = z.object({ total: z.number() })
export const SessionAnswer = z.object({ messages: z.array(z.object({ content: z.string() })) })
export const DocumentAnswer = z.object({ document_id: z.string() })
export const DocumentListAnswer = z.object({ documents: z.array(z.looseObject({ document_id: z.string() })) })
export const RefusalAnswer = z.object({ message: z.string() })

/** Usage of an assistant, which counts messages as well. */
export const AssistantUsage = UsageResponse.extend({
  usage: UsageData.extend({ ai_tokens: z.number(), messages: z.number() }),
})
