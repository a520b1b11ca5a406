import type { ConfigurationError } from '@mt-paas/core'
import { coreRefusalText } from './core-refusal-text.ts'
import type { Language } from './language.ts'

/** What is wrong with the environment, variable by variable. */
export function configurationText({ message, problems }: ConfigurationError, language: Language): string {
  if (language === 'en') return message
  const lines = problems.map((one) => `- ${one.variable}: ${coreRefusalText({ message: one.message }, language)}`)
  return ['설정이 올바르지 않습니다:', ...lines].join('\n')
}
