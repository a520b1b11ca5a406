/** The keys of a dictionary, with their type. */
export function keysOf<TKey extends string>(words: Readonly<Record<TKey, unknown>>): readonly TKey[] {
  return Object.keys(words) as TKey[]
}
