import { type AssistantDefinition, DOCUMENT_SEARCH } from '../assistant/assistant-definition.ts'
import { type AssistantHandlerOptions, assistantHandler } from '../assistant/assistant-handler.ts'
import { type AssistantOptions, type AssistantService, startAssistant } from '../assistant/assistant-service.ts'
import { ADVISOR_PORT } from '../sample-ports.ts'
import { advisorSamples } from './advisor-samples.ts'

/** The sample service Advisor: students ask about their studies, each in sessions of their own. */
export const advisor: AssistantDefinition = Object.freeze({
  name: 'advisor',
  title: 'Advisor',
  version: '1.0.0',
  port: ADVISOR_PORT,
  centralDatabase: 'advisor_central',
  databasePrefix: 'tenant_',
  askedBy: 'members',
  rememberedMessages: 12,
  systemPrompt: {
    ko: '당신은 대학의 학사 상담 조교입니다. 제공된 학교 문서를 근거로 정확하고 친절하게 한국어로 답하고, 근거가 된 문서의 제목을 밝히세요. 문서에 없는 내용은 모른다고 말하고 담당 부서에 문의하도록 안내하세요.',
    en: 'You are an academic advisor of a university. Answer precisely and kindly in English from the documents given, and name the documents you rely on. Say so when they do not hold the answer, and send the student to the office in charge.',
  },
  greeting: {
    ko: '수강, 졸업, 장학금처럼 학사에 관해 물어보세요. 대화는 나만 볼 수 있습니다.',
    en: 'Ask about courses, graduation or scholarships. Only you see your conversations.',
  },
  plans: { plans: { demo: { quotas: { api_calls: { day: 500 } } }, free: { quotas: { api_calls: { day: 200 } } } } },
  prices: [
    { model: 'gpt-4o', inputPrice: '2.50', outputPrice: '10.00' },
    { model: 'gpt-4o-mini', inputPrice: '0.15', outputPrice: '0.60' },
    { model: DOCUMENT_SEARCH, inputPrice: '0', outputPrice: '0' },
  ],
  samples: advisorSamples,
} as const satisfies AssistantDefinition)

/** How {@link startAdvisor} runs the service. */
export type AdvisorOptions = AssistantOptions

/** The running Advisor. */
export type AdvisorService = AssistantService

/** What {@link advisorHandler} works with. */
export type AdvisorHandlerOptions = AssistantHandlerOptions

/** Advisor as a handler of the Standard API v2: every number comes from rows. */
export function advisorHandler(options: AdvisorHandlerOptions) {
  return assistantHandler(advisor, options)
}

/**
 * Starts Advisor.
 * @throws Error with code `EADDRINUSE` when the port is taken; ConfigurationError
 */
export function startAdvisor(options: AdvisorOptions): Promise<AdvisorService> {
  return startAssistant(advisor, options)
}
