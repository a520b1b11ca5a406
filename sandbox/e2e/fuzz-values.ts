import fc from 'fast-check'

const TENANTS = ['hallym_univ', 'seoul_univ', 'x', 'full_univ', 'locked_univ', 'extra_univ', 'default_univ', '한림대']
const MORE_TENANTS = [
  'a b',
  'a+b',
  'dots.and-dash~tilde',
  '..',
  'new_univ',
  'quota_univ',
  'notfound_univ',
  'Hallym_univ',
]

/** Names that every object has. */
export const prototypeNames = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
)
const known = fc.constantFrom(
  ...[
    '',
    ' ',
    '.',
    '..',
    '../..',
    '%',
    '%00',
    '%2F',
    '%2e%2e',
    '%ff',
    '%25',
    'null',
    'undefined',
    'NaN',
    '-1',
    '0',
    '1e999',
  ],
  ...[
    "' OR 1=1--",
    '<script>alert(1)</script>',
    '{{7*7}}',
    '한림대학교',
    'e\u0301',
    '\u202e',
    '\u0000',
    '\ud800',
    '\r\nX-Evil: 1',
  ],
  ...[
    'true',
    'FALSE',
    ' 5 ',
    '1_000',
    '2026-13',
    '2026-1',
    '00000-1',
    'a'.repeat(2_000),
    '[]',
    '{}',
    '"',
    '\\',
    ';',
    'a,b',
  ],
)
/** Text that was chosen to do harm, and text that was not. */
export const text = fc.oneof(
  known,
  prototypeNames,
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const tenant = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TENANTS) },
  { weight: 2, arbitrary: fc.constantFrom(...MORE_TENANTS) },
  { weight: 1, arbitrary: text },
)
/** Any value that JSON can carry. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
)

/** Values that fit somewhere, by the name of the member. */
export const fitting: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  tenant_id: tenant,
  user_id: fc.constantFrom('user_001', 'user_002', 'user_003', 'user_999'),
  period: fc.constantFrom('2026-01', '2026-1', '30d', '7d'),
  limit: fc.oneof(fc.integer({ min: -1, max: 101 }), fc.constantFrom('5', ' 5 ', '+5')),
  offset: fc.integer({ min: -1, max: 10 }),
  role: fc.constantFrom('admin', 'user', 'moderator'),
  status: fc.constantFrom('active', 'inactive', 'suspended'),
  search: text,
  type: fc.constantFrom('course', 'discussion', 'document', 'session'),
  tenant_name: text,
  plan: fc.constantFrom('free', 'premium'),
  features: fc.oneof(
    fc.array(text, { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('rag', 'chat', 'quiz', 'x'), fc.boolean(), { maxKeys: 3 }),
  ),
  config: fc.oneof(fc.dictionary(text, json, { maxKeys: 4 }), fc.constant(null)),
  contact: fc.record({ email: text, name: text }),
  reason: text,
  preserve_data: fc.constantFrom(true, false, 'yes', 0),
  email: fc.integer({ min: 0, max: 50 }).map((n) => `user${n}@example.com`),
  name: text,
  password: fc.constant('PASSWORD-OF-A-USER'),
  send_welcome_email: fc.boolean(),
  limits: fc.dictionary(fc.constantFrom('max_users', 'daily_tokens'), fc.integer(), { maxKeys: 2 }),
  branding: fc.record({ logo_url: fc.option(text), custom_css: fc.option(text) }, { requiredKeys: [] }),
  application_id: fc.integer({ min: 1, max: 9_999 }),
  kind: fc.constantFrom('demo', 'service'),
  applicant: fc.record({
    id: fc.integer({ min: 1, max: 99 }),
    name: text,
    email: fc.integer({ min: 0, max: 30 }).map((n) => `applicant${n}@example.com`),
    university_name: fc.oneof(fc.constantFrom('한림대학교', 'Seoul Univ', '東京大学', '___'), text),
  }),
  service: fc.record({ id: fc.integer({ min: 1, max: 9 }), slug: fc.constant('advisor'), title: text }),
  application: fc.record({ id: fc.integer({ min: 1, max: 9_999 }), kind: fc.constantFrom('demo', 'service') }),
  end_date: fc.constantFrom('2027-01-31', '2026-02-30', 'soon'),
}

/** Objects of these members: mostly fitting, sometimes with one that is wrong, missing or too much. */
export function objectOf(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const member = (name: string) =>
    fc.oneof({ weight: 12, arbitrary: fitting[name] ?? json }, { weight: 1, arbitrary: json })
  const model = Object.fromEntries(names.map((name) => [name, member(name)]))
  const extra = fc.dictionary(fc.oneof(prototypeNames, text), json, { maxKeys: 2 })
  return fc.oneof(
    { weight: 6, arbitrary: fc.record(model) },
    { weight: 2, arbitrary: fc.record(model, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.tuple(fc.record(model), extra).map(([one, more]) => ({ ...more, ...one })) },
  )
}

/** How a value stands in a query or a path. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Percent-encodes, mostly as it should be. */
export const encodedBy = fc.oneof(
  { weight: 12, arbitrary: fc.constant((value: string) => encodeURIComponent(value.toWellFormed())) },
  {
    weight: 1,
    arbitrary: fc.constant((value: string) => encodeURIComponent(encodeURIComponent(value.toWellFormed()))),
  },
  { weight: 1, arbitrary: fc.constant((value: string) => value) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      (value: string) => `${value}%`,
      (value: string) => `%2F${value}`,
    ),
  },
)
