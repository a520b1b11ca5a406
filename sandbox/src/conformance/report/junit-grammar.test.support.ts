/** What both schemas, that of Ant's JUnitReport and that of Jenkins, let stand in an element. */
interface Rule {
  /** Names of the children in order, as a pattern over `name,name,`. */
  readonly children: RegExp
  readonly required: Readonly<Record<string, RegExp>>
  readonly optional?: Readonly<Record<string, RegExp>>
  readonly text?: boolean
}

const COUNT = /^\d+$/
const SECONDS = /^\d{0,3}(?:\d{3})*\.\d+$/
const ANY = /^/
const WORD = /\S/
const EMPTY = /^$/

const rules: Readonly<Record<string, Rule>> = {
  testsuites: { children: /^(?:testsuite,)*$/, required: {} },
  testsuite: {
    children: /^properties,(?:testcase,)*system-out,system-err,$/,
    required: {
      ...{ id: COUNT, name: WORD, package: ANY, tests: COUNT, failures: COUNT, errors: COUNT, time: SECONDS },
      ...{ hostname: WORD, timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/ },
    },
    optional: { skipped: COUNT },
  },
  properties: { children: /^(?:property,)*$/, required: {} },
  property: { children: EMPTY, required: { name: WORD, value: ANY } },
  testcase: {
    children: /^(?:skipped,|error,|failure,)?$/,
    required: { name: ANY, classname: ANY, time: SECONDS },
  },
  skipped: { children: EMPTY, required: {}, optional: { message: ANY, type: ANY }, text: true },
  error: { children: EMPTY, required: { type: ANY }, optional: { message: ANY }, text: true },
  failure: { children: EMPTY, required: { type: ANY }, optional: { message: ANY }, text: true },
  'system-out': { children: EMPTY, required: {}, text: true },
  'system-err': { children: EMPTY, required: {}, text: true },
}

interface Open {
  readonly name: string
  children: string
}

/** Everything in a well-formed document that one of the schemas would refuse. */
export function junitComplaints(xml: string): readonly string[] {
  const complaints: string[] = []
  const open: Open[] = [{ name: '', children: '' }]

  function begin(name: string, written: string): void {
    const rule = rules[name]
    const parent = open.at(-1)
    if (parent) parent.children += `${name},`
    if (!rule) return void complaints.push(`<${name}> is not known`)
    const given = new Map([...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]))
    for (const [key, pattern] of Object.entries(rule.required)) {
      if (!pattern.test(given.get(key) ?? '\n') || !given.has(key))
        complaints.push(`<${name}> ${key}=${given.get(key)}`)
    }
    const allowed = { ...rule.required, ...rule.optional }
    for (const [key, value] of given) if (!allowed[key]?.test(value)) complaints.push(`<${name}> has ${key}=${value}`)
  }

  function end(): void {
    const { name, children } = open.pop() ?? { name: '', children: '' }
    if (rules[name] && !rules[name].children.test(children)) complaints.push(`<${name}> holds ${children}`)
  }

  for (const [, text = '', close, name = '', written = '', empty] of xml.matchAll(
    /([^<]*)<(?:\?[^>]*\?|(\/?)([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?))>/g,
  )) {
    const inside = open.at(-1)?.name ?? ''
    if (text.trim() !== '' && !rules[inside]?.text) complaints.push(`<${inside}> holds text`)
    if (name === '') continue
    if (close) {
      end()
      continue
    }
    begin(name, written)
    open.push({ name, children: '' })
    if (empty) end()
  }
  if (open.length !== 1 || open[0]?.children !== 'testsuites,') complaints.push('There is not one <testsuites>')
  return complaints
}
