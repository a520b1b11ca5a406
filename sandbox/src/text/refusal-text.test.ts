import {
  InvalidCursorError,
  InvalidPageSizeError,
  InvalidServerError,
  InvalidTenantIdError,
  OperationInProgressError,
  TenantDeletedError,
  TenantNotReadyError,
  TenantSuspendedError,
  TransitionNotAllowedError,
  UnknownPlanError,
} from '@mt-paas/core'
import {
  FeatureDisabledError,
  QuotaExceededError,
  ResourceNotFoundError,
  StandardApiError,
  TenantExistsError,
  TenantNotFoundError,
  UserExistsError,
  UserNotFoundError,
} from '@mt-paas/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { EngineError } from '../engine/engine-error.ts'
import { MarketError } from '../market/market-error.ts'
import { coreSentencesKo } from './core-refusal-ko.ts'
import { coreRefusalText } from './core-refusal-text.ts'
import { sentencesKo } from './refusal-ko.ts'
import { refusalText } from './refusal-text.ts'
import { refusalWordsKo } from './refusal-words-ko.ts'

type Factories<TError> = Record<Exclude<keyof TError, 'prototype' | keyof typeof Error>, readonly StandardApiError[]>

const ofServer: Factories<typeof StandardApiError> = {
  unauthorized: [StandardApiError.unauthorized()],
  keyNotConfigured: [StandardApiError.keyNotConfigured()],
  forbidden: [StandardApiError.forbidden()],
  notFound: [StandardApiError.notFound()],
  methodNotAllowed: [StandardApiError.methodNotAllowed('GET')],
  invalidRequest: [StandardApiError.invalidRequest([])],
  badRequest: [StandardApiError.badRequest('There was an error parsing the body')],
  invalidIdempotencyKey: [StandardApiError.invalidIdempotencyKey()],
  idempotencyKeyReused: [StandardApiError.idempotencyKeyReused()],
  operationInProgress: [StandardApiError.operationInProgress(1)],
  contradiction: [StandardApiError.contradiction('tenant_id')],
  tenantMismatch: [StandardApiError.tenantMismatch()],
  tenantRequired: [StandardApiError.tenantRequired()],
  payloadTooLarge: [StandardApiError.payloadTooLarge(10)],
  unsupportedMediaType: [StandardApiError.unsupportedMediaType()],
  tooManyFailures: [StandardApiError.tooManyFailures(3)],
  unavailable: [StandardApiError.unavailable(1, undefined)],
  foreign: [],
  internal: [StandardApiError.internal(undefined)],
}
const ofMarket: Omit<Factories<typeof MarketError>, keyof typeof ofServer> = {
  samePassword: [MarketError.samePassword()],
  tooManyLogins: [MarketError.tooManyLogins(3)],
  unknown: [
    MarketError.unknown('subscription', 7),
    MarketError.unknown('mail', 7),
    MarketError.unknown('conformance run', 7),
    MarketError.unknown('service', 'library'),
    MarketError.unknown('account', 7),
    MarketError.unknown('sample', 'nope'),
  ],
  serviceInUse: [MarketError.serviceInUse('library', 2)],
  noNextKey: [MarketError.noNextKey('library')],
  unknownPlan: [MarketError.unknownPlan('gold', ['basic'])],
  badDates: [MarketError.badDates('The end is in the past')],
  refused: [
    MarketError.refused('approve', { what: 'application', state: 'provisioned', allowed: ['retry'] }),
    MarketError.refused('changePlan', { what: 'subscription', state: 'cancelled', allowed: [] }),
    MarketError.refused('cancel', { what: 'conformance run', state: 'cancelled', allowed: [] }),
    MarketError.refused('start', { what: 'sample', state: 'running', allowed: ['stop'] }),
  ],
  portTaken: [MarketError.portTaken(10_300)],
  busy: [MarketError.busy()],
  over: [MarketError.over('2026-01-31')],
  tenantGone: [MarketError.tenantGone('demo_7')],
  conformanceRuns: [MarketError.conformanceRuns('library')],
  noReport: [MarketError.noReport(7, 'running')],
}
const ofEngine: Omit<Factories<typeof EngineError>, keyof typeof ofServer> = {
  storeInUse: [EngineError.storeInUse('market.sqlite', undefined)],
  unknown: [
    EngineError.unknown('application', 7),
    EngineError.unknown('delivery', 'msg_7'),
    EngineError.unknown('attempt', 'att_7'),
    EngineError.unknown('scenario', 'nonsense'),
  ],
  unknownService: [EngineError.unknownService('library', ['advisor']), EngineError.unknownService('library', [])],
  applicationExists: [EngineError.applicationExists(7)],
  targetRefused: [EngineError.targetRefused('only services on this machine are allowed')],
  badHeader: [EngineError.badHeader('a b')],
  badSecret: [
    EngineError.badSecret(new TypeError('A webhook secret needs at least 16 bytes')),
    EngineError.badSecret(new TypeError('A whsec_ secret must be base64')),
    EngineError.badSecret(undefined),
  ],
  badAnswer: [EngineError.badAnswer('GET /x', '500'), EngineError.badAnswer('GET /x', 'no list of tenants')],
  stillSending: [EngineError.stillSending('msg_7')],
  badTarget: [EngineError.badTarget()],
  noCallback: [EngineError.noCallback(500)],
}
const ofCore = [
  new InvalidTenantIdError(),
  new TransitionNotAllowedError('demo_7', { status: 'purged', to: 'active', allowed: ['deleted', 'suspended'] }),
  new TransitionNotAllowedError('demo_7', { status: 'purged', to: 'active', allowed: [] }),
  new TenantNotReadyError('demo_7'),
  new TenantSuspendedError('demo_7'),
  new TenantDeletedError('demo_7'),
  new OperationInProgressError('demo_7'),
  new UnknownPlanError(['basic']),
  new InvalidCursorError(),
  new InvalidPageSizeError(500),
  new InvalidServerError('url'),
]
const domain = [
  new TenantNotFoundError('demo_7'),
  new TenantExistsError('demo_7'),
  new UserNotFoundError('user_7'),
  new UserExistsError('kim@example.com'),
  new ResourceNotFoundError('doc_7'),
  new QuotaExceededError('users', 7),
  new FeatureDisabledError('quiz'),
]
const ofMarkets = [ofServer, ofMarket, ofEngine].flatMap((of) => Object.values(of).flat()).concat(domain)

/** Words of English that are not a name or a value. */
const ENGLISH = /\b(?:the|is|are|of|has|no|not|there|with|expected|received|invalid|must)\b/i

describe('a refusal in Korean', () => {
  const toldByMarket = ofMarkets.map((error) => [error.message, { error, tell: refusalText }] as const)
  const toldByCore = ofCore.map((error) => [error.message, { error, tell: coreRefusalText }] as const)

  it.each([...toldByMarket, ...toldByCore])('%s', (_, { error, tell }) => {
    const { details } = error
    const { issues = [] } =
      z.object({ issues: z.array(z.object({ message: z.string() })) }).safeParse(details).data ?? {}
    for (const message of [error.message, ...issues.map((issue) => issue.message)]) {
      const told = tell({ message }, 'ko')
      expect(told).toMatch(/\p{Script=Hangul}/u)
      expect(told).not.toMatch(ENGLISH)
    }
    expect(tell(error, 'en')).toBe(error.message)
  })

  it('keeps names and values', () => {
    expect(refusalText(MarketError.serviceInUse('library', 2), 'ko')).toMatch(/library.*2개/)
    expect(refusalText(EngineError.unknown('delivery', 'msg_{0}$&'), 'ko')).toContain('msg_{0}$&')
    expect(refusalText(MarketError.unknown('account', 'constructor'), 'ko')).toContain('constructor')
  })

  it.each([
    ['approve', 'application', 'provisioned', "'준비 완료' 상태의 신청에는 할 수 없는 작업입니다: 승인"],
    ['cancel', 'subscription', 'cancelled', "'해지됨' 상태의 구독에는 할 수 없는 작업입니다: 해지"],
    ['cancel', 'conformance run', 'cancelled', "'취소됨' 상태의 적합성 검사에는 할 수 없는 작업입니다: 취소"],
    ['remove', 'conformance run', 'running', "'진행 중' 상태의 적합성 검사에는 할 수 없는 작업입니다: 삭제"],
    ['start', 'sample', 'running', "'실행 중' 상태의 샘플에는 할 수 없는 작업입니다: 시작"],
  ] as const)('has the words of its kind: %s of a %s that is %s', (...[action, what, state, told]) => {
    expect(refusalText(MarketError.refused(action, { what, state, allowed: [] }), 'ko')).toBe(told)
  })

  it('names no kind of word that there is not', () => {
    const kinds = [...sentencesKo, ...coreSentencesKo].flatMap(([, korean]) =>
      [...korean.matchAll(/\{\d:(\w+)\}/g)].map(([, kind]) => kind),
    )
    expect(kinds.length).toBeGreaterThan(10)
    expect(Object.keys(refusalWordsKo)).toEqual(expect.arrayContaining(kinds))
  })

  it('tells what does not fit a schema', () => {
    const schema = z.strictObject({
      a: z.string(),
      b: z.int().min(1),
      c: z.enum(['x', 'y']),
      d: z.string().max(2),
      e: z.iso.date(),
      f: z.array(z.string()).min(1),
    })
    const { error } = schema.safeParse({ b: 0, c: 'z', d: 'long', e: 'today', f: [], g: 1 })
    for (const { message } of error?.issues ?? []) {
      expect(refusalText({ message }, 'ko')).toMatch(/\p{Script=Hangul}/u)
    }
    expect(error?.issues).toHaveLength(7)
  })

  it('of a service keeps its words behind the meaning of its code', () => {
    const told = refusalText({ error: 'TRANSITION_REFUSED', message: 'not on Mondays' }, 'ko')
    expect(told).toBe('지금 상태에서는 할 수 없습니다 (not on Mondays)')
    expect(refusalText({ error: 'TRANSITION_REFUSED', message: '월요일에는 안 됩니다' }, 'ko')).toBe(
      '월요일에는 안 됩니다',
    )
    expect(refusalText({ error: 'constructor', message: 'odd' }, 'ko')).toBe('odd')
  })
})
