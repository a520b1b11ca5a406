/** Languages of everything that people read; the same as those of the command line. */
export { type Language, languages } from '../../../src/text/language.ts'
