import { configurationKo } from './configuration-ko.ts'
import { coreSentencesKo } from './core-refusal-ko.ts'
import { sentencesKo } from './refusal-ko.ts'
import { type RefusalText, refusalTextBy } from './refusal-text.ts'

/** What core and its configuration say, besides the market; who reads the page meets neither. */
export const coreRefusalText: RefusalText = refusalTextBy([...coreSentencesKo, ...configurationKo, ...sentencesKo])
