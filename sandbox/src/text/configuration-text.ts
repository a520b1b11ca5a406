import type { ConfigurationError } from '@mt-paas/core'
import type { Language } from './language.ts'
import { refusalText } from './refusal-text.ts'

/** What is wrong with the environment, variable by variable. */
export function configurationText({ message, problems }: ConfigurationError, language: Language): string {
  if (language === 'en') return message
  const lines = problems.map((one) => `- ${one.variable}: ${refusalText({ message: one.message }, language)}`)
  return ['설정이 올바르지 않습니다:', ...lines].join('\n')
}
