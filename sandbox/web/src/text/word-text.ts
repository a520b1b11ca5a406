import { type MarketWords, marketWords } from '../../../src/text/market-words.ts'
import { defineText } from './define-text.ts'

/** Words of the market, in the reader's language; the same as those of the command line. */
export const wordText = defineText<MarketWords>(marketWords)
