/** Periods that are none, with a name for each. */
export const badPeriods = Object.freeze([
  ['month-13', '2026-13'],
  ['month-00', '2026-00'],
  ['short-year', '26-01'],
  ['long-year', '12026-01'],
  ['year-0', '0000-01'],
  ['no-month', '2026'],
  ['no-dash', '202601'],
  ['long-month', '2026-001'],
  ['full-date', '2026-01-01'],
  ['word', 'current'],
  ['empty', ''],
  ['space', '2026-01 '],
] as const)
