import { type ValueWords, valueWords } from '../../../src/text/value-words.ts'
import { defineText } from './define-text.ts'

/** Words for values of the wire, in the reader's language; the same as those of the command line. */
export const wordText = defineText<ValueWords>(valueWords)
