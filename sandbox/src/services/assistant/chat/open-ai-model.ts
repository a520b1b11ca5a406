import { StandardApiError } from '@mt-paas/server'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { z } from 'zod'
import type { ChatModel, ChatPrompt, TokenUse } from './chat-model.ts'
import { countTokens } from './count-tokens.ts'
import { deadlines } from './deadlines.ts'
import type { OpenAiSettings } from './open-ai-settings.ts'

/** How long a language model may take, in ms. */
export interface ModelTimes {
  /** Until the next piece of an answer. @default 20_000 */
  readonly pause?: number
  /** For a whole answer. @default 120_000 */
  readonly total?: number
}

const MOST_OUTPUT_TOKENS = 800
const RETRY_AFTER = 5
const LONGEST_RETRY_AFTER = 300

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: z.object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) }).nullish(),
})

/** A language model behind an OpenAI-compatible endpoint; its answers are read as they are written. */
export function openAiModel(settings: OpenAiSettings, times: ModelTimes = {}): ChatModel {
  const { pause = 20_000, total = 120_000 } = times
  return {
    name: settings.model,
    estimate: (prompt) => ({ inputTokens: countInput(prompt), outputTokens: MOST_OUTPUT_TOKENS }),
    async *answer(prompt, signal) {
      const deadline = deadlines({ pause, total, signal })
      let text = ''
      let finished = false
      let use: TokenUse | undefined
      try {
        const events = await request(settings, prompt, deadline.signal)
        for await (const { data } of events) {
          deadline.extend()
          if (data === '[DONE]') {
            finished = true
            break
          }
          const { choices, usage } = readChunk(data)
          if (usage) use = { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens }
          const piece = choices[0]?.delta?.content ?? ''
          if (choices[0]?.finish_reason) finished = true
          text += piece
          if (piece !== '') yield piece
        }
        if (!finished || text === '') throw unavailable('The answer broke off')
        return use ?? { inputTokens: countInput(prompt), outputTokens: countTokens(text) }
      } catch (error) {
        signal.throwIfAborted()
        throw error instanceof StandardApiError ? error : StandardApiError.unavailable(RETRY_AFTER, error)
      } finally {
        deadline.end()
      }
    },
  }
}

async function request({ baseUrl, apiKey, model }: OpenAiSettings, prompt: ChatPrompt, signal: AbortSignal) {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    // The key shall go nowhere else.
    redirect: 'error',
    signal,
    headers: {
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
      ...(apiKey && { Authorization: `Bearer ${apiKey.reveal()}` }),
    },
    body: JSON.stringify({
      model,
      messages: messagesOf(prompt),
      max_tokens: MOST_OUTPUT_TOKENS,
      stream: true,
      stream_options: { include_usage: true },
    }),
  })
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw unavailable(`The language model answered ${response.status}`, retryAfterOf(response))
  }
  return response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
}

function messagesOf({ system, history, question, passages }: ChatPrompt) {
  const notes = passages.map(({ title, content }) => `# ${title}\n${content}`).join('\n\n')
  return [
    { role: 'system', content: notes === '' ? system : `${system}\n\n<documents>\n${notes}\n</documents>` },
    ...history,
    { role: 'user', content: question },
  ]
}

function countInput(prompt: ChatPrompt): number {
  return messagesOf(prompt).reduce((sum, { content }) => sum + countTokens(content) + 4, 0)
}

function readChunk(data: string): z.output<typeof Chunk> {
  try {
    return Chunk.parse(JSON.parse(data))
  } catch (error) {
    throw StandardApiError.unavailable(RETRY_AFTER, error)
  }
}

function retryAfterOf({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? RETRY_AFTER)
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), LONGEST_RETRY_AFTER) : RETRY_AFTER
}

function unavailable(reason: string, retryAfter = RETRY_AFTER): StandardApiError {
  return StandardApiError.unavailable(retryAfter, new Error(reason))
}
