import { ConfigurationError, type Environment, Secret } from '@mt-paas/core'
import { z } from 'zod'
import { type AssistantDefinition, DOCUMENT_SEARCH } from '../assistant-definition.ts'

/** A language model behind an endpoint that speaks as OpenAI's does. */
export interface OpenAiSettings {
  /** Without a slash at its end, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string
  readonly apiKey: Secret | undefined
  readonly model: string
}

const DEFAULT_URL = 'https://api.openai.com/v1'

const variables = z.object({
  OPENAI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://api.openai.com/v1' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  OPENAI_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII')
    .optional(),
  OPENAI_MODEL: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be the name of a model')
    .refine((model) => model !== DOCUMENT_SEARCH, 'must be the name of a language model')
    .optional(),
})

/**
 * Reads which language model answers; undefined when neither address nor key is set.
 * @throws ConfigurationError
 */
export function openAiSettings(env: Environment, { prices }: AssistantDefinition): OpenAiSettings | undefined {
  const set = Object.fromEntries(Object.keys(variables.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
  const { data, error } = variables.safeParse(set)
  if (!data) {
    throw new ConfigurationError(
      (error?.issues ?? []).map(({ path, message }) => ({ variable: String(path[0]), message })),
    )
  }
  const { OPENAI_BASE_URL: baseUrl = DEFAULT_URL, OPENAI_API_KEY: key, OPENAI_MODEL: model } = data
  if (data.OPENAI_BASE_URL === undefined && key === undefined) return undefined
  return { baseUrl, apiKey: key === undefined ? undefined : new Secret(key), model: model ?? prices[0]?.model ?? '' }
}
