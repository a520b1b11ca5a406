import { type AssistantDefinition, DOCUMENT_SEARCH } from '../assistant/assistant-definition.ts'
import { type AssistantOptions, type AssistantService, startAssistant } from '../assistant/assistant-service.ts'
import { CHATBOT_PORT } from '../sample-ports.ts'
import { chatbotSamples } from './chatbot-samples.ts'

/** The sample service Chatbot: whoever opens the page gets answers to frequent questions. */
export const chatbot: AssistantDefinition = Object.freeze({
  name: 'chatbot',
  title: 'Chatbot',
  version: '1.0.0',
  port: CHATBOT_PORT,
  centralDatabase: 'chatbot_central',
  databasePrefix: 'chatbot_tenant_',
  askedBy: 'everyone',
  rememberedMessages: 4,
  systemPrompt: {
    ko: '당신은 대학 홈페이지의 안내 챗봇입니다. 제공된 안내 문서만을 근거로 두세 문장으로 짧게 한국어로 답하세요. 문서에 없으면 모른다고 말하고 대표 전화로 안내하세요.',
    en: 'You are the chatbot of a university home page. Answer in two or three sentences in English, only from the notes given. Say so when they do not hold the answer, and point to the main telephone number.',
  },
  greeting: {
    ko: '도서관, 셔틀버스, 기숙사처럼 학교 생활에 관해 물어보세요. 로그인하지 않아도 됩니다.',
    en: 'Ask about the library, the shuttle bus or the dormitory. You need not log in.',
  },
  plans: {
    plans: {
      demo: { features: { rag: true, chat: true }, quotas: { api_calls: { day: 1_000 } } },
      free: { features: { rag: true, chat: true }, quotas: { api_calls: { day: 300 } } },
      basic: { quotas: { api_calls: { day: 20_000 } } },
    },
  },
  prices: [
    { model: 'gpt-4.1-mini', inputPrice: '0.40', outputPrice: '1.60' },
    { model: 'gpt-4.1-nano', inputPrice: '0.10', outputPrice: '0.40' },
    { model: DOCUMENT_SEARCH, inputPrice: '0', outputPrice: '0' },
  ],
  samples: chatbotSamples,
} as const satisfies AssistantDefinition)

/**
 * Starts Chatbot.
 * @throws Error with code `EADDRINUSE` when the port is taken; ConfigurationError
 */
export function startChatbot(options: AssistantOptions): Promise<AssistantService> {
  return startAssistant(chatbot, options)
}
