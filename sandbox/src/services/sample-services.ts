import { advisor, startAdvisor } from './advisor/advisor.ts'
import type { AssistantDefinition } from './assistant/assistant-definition.ts'
import type { AssistantOptions, AssistantService } from './assistant/assistant-service.ts'
import { chatbot, startChatbot } from './chatbot/chatbot.ts'

/** A sample service that can be started. */
export interface SampleService {
  readonly definition: AssistantDefinition
  /** Starts it; services that share a server need a central database each, such as that of the definition. */
  readonly start: (options: AssistantOptions) => Promise<AssistantService>
}

/** The sample services; all of them may run in one process, on one PostgreSQL server. */
export const sampleServices: readonly SampleService[] = Object.freeze([
  { definition: advisor, start: startAdvisor },
  { definition: chatbot, start: startChatbot },
])
