import type { ApplicationKind } from '@mt-paas/server/contract'
import type { ApplicationInput } from './application-input.ts'
import type { Fault } from './fault/fault.ts'

/** A message of a scenario and what a service should make of it. */
export interface ScenarioStep {
  readonly kind: ApplicationKind
  /** @default none */
  readonly input?: ApplicationInput
  /** Makes the body that is sent from the one that would be. @default unchanged */
  readonly body?: (text: string) => string
  /** @default none */
  readonly fault?: Fault
  /** HTTP statuses that are right; none means that the request never ends. */
  readonly expect: readonly number[]
  /** Whether the webhooks have to be signed for it to mean anything. @default false */
  readonly needsSecret?: boolean
}

const OK = [200]
const REFUSED = [401]
const NOT_FITTING = [400, 422]

/** Things that happen between a market and a service, by name. */
export const scenarios = Object.freeze({
  demo: [{ kind: 'demo', input: { shape: 'flat' }, expect: OK }],
  service: [{ kind: 'service', input: { shape: 'flat' }, expect: OK }],
  'demo-nested': [{ kind: 'demo', input: { shape: 'nested' }, expect: OK }],
  'service-nested': [{ kind: 'service', input: { shape: 'nested' }, expect: OK }],
  standard: [{ kind: 'demo', input: { shape: 'standard' }, expect: OK }],
  upgrade: [
    { kind: 'demo', input: { shape: 'flat' }, expect: OK },
    { kind: 'service', input: { shape: 'flat' }, expect: OK },
  ],
  duplicate: [{ kind: 'demo', input: { shape: 'flat' }, fault: { copies: 2 }, expect: OK }],
  'wrong-key': [{ kind: 'demo', input: { shape: 'flat' }, fault: { key: 'wrong' }, expect: REFUSED }],
  'wrong-signature': [
    { kind: 'demo', input: { shape: 'flat' }, fault: { signature: 'wrong' }, needsSecret: true, expect: REFUSED },
  ],
  'stale-signature': [
    { kind: 'demo', input: { shape: 'flat' }, fault: { signature: 'stale' }, needsSecret: true, expect: REFUSED },
  ],
  'no-signature': [
    { kind: 'demo', input: { shape: 'flat' }, fault: { signature: 'missing' }, needsSecret: true, expect: REFUSED },
  ],
  'cut-off': [{ kind: 'demo', input: { shape: 'flat' }, fault: { transport: 'cut' }, expect: [] }],
  slow: [{ kind: 'demo', input: { shape: 'flat' }, fault: { transport: 'slow' }, expect: OK }],
  'unknown-members': [
    {
      kind: 'demo',
      input: { shape: 'flat' },
      body: (text) => `${text.slice(0, -1)},"added_later":{"a":[1]}}`,
      expect: OK,
    },
  ],
  'missing-member': [
    { kind: 'demo', input: { shape: 'flat' }, body: (text) => without(text, 'applicant'), expect: NOT_FITTING },
  ],
  'malformed-json': [
    { kind: 'demo', input: { shape: 'flat' }, body: (text) => text.slice(0, -1), expect: NOT_FITTING },
  ],
  'array-body': [{ kind: 'demo', input: { shape: 'flat' }, body: (text) => `[${text}]`, expect: NOT_FITTING }],
  'long-korean': [
    {
      kind: 'demo',
      input: { shape: 'flat', reason: '교육 혁신을 위한 시범 운영 '.repeat(120).trim() },
      expect: OK,
    },
  ],
} satisfies Readonly<Record<string, readonly ScenarioStep[]>>)

/** Name of a scenario. */
export type ScenarioName = keyof typeof scenarios

/** Names of all scenarios. */
export const scenarioNames = Object.freeze(Object.keys(scenarios)) as readonly ScenarioName[]

/** Whether there is a scenario of this name. */
export function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name)
}

function without(text: string, member: string): string {
  const { [member]: _left, ...rest } = JSON.parse(text) as Record<string, unknown>
  return JSON.stringify(rest)
}
