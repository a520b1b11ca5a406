const MOST_WORDS = 24
const HANGUL = /^\p{Script=Hangul}+$/u

/** Korean words that ask and say nothing of what is asked for; English ones are left out by PostgreSQL. */
const ASKING = new RegExp(
  `^(?:${[
    '어떻게|어떤|어떡|무엇|무슨|뭐|언제|어디|어느|누구|누가|왜|얼마|몇|알려|알고|궁금|있나|있는|있을|있습|있어|없나|되나|될까|됩니',
    '하나요|합니|하는|하려|하면|해야|할까|할수|인가|주세|주실|싶어|싶습|그리고|대해|대한|관해|관한|부탁|좀|저는|제가|수가|것이',
  ].join('|')})`,
  'u',
)

/**
 * One text-search query for every word of a question that says something. Korean words carry particles and endings,
 * so their beginnings of two syllables and more count as well; the longer one fits, the higher it ranks.
 */
export function searchTerms(question: string): string[] {
  const words =
    question
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = [...new Set(words)].filter((word) => word.length > 1 && !ASKING.test(word))
  return telling.slice(0, MOST_WORDS).map(termOf)
}

function termOf(word: string): string {
  if (!HANGUL.test(word)) return `${word}:*`
  return Array.from({ length: word.length - 1 }, (_, cut) => `${word.slice(0, word.length - cut)}:*`).join(' | ')
}
