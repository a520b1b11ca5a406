import { Ajv } from 'ajv'
import stringWidth from 'string-width'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { knownFailuresOf } from '../baseline.ts'
import { REFERENCE_KEY } from '../mutant/reference-key.ts'
import { startReference } from '../mutant/reference-service.ts'
import { verifyService } from '../verify-service.ts'
import { harSchema } from './har-schema.test.support.ts'
import { junitComplaints } from './junit-grammar.test.support.ts'
import type { ConformanceReport } from './report.ts'
import { reportFile, reportKinds } from './report-files.ts'
import { textReport } from './text-report.ts'

const HOSTILE = `<script>alert("&'\u0007\u001B[31m\uFFFE]]>")</script>`

/** Of a service that says hostile things, refuses applications for services, and fails a SHOULD. */
let report: ConformanceReport
beforeAll(async () => {
  const service = await startReference({
    tampering: {
      answer(answer, { operation, path }) {
        if (operation === 'checkHealth') answer.json = { status: HOSTILE, version: HOSTILE, timestamp: HOSTILE }
        if (path === '/health') answer.status = 503
      },
      request: ({ operation }) => (operation === 'compat.applicationApproved' ? { status: 404, json: {} } : undefined),
    },
  })
  const only = ['classic', 'health', 'webhook']
  report = await verifyService({
    url: service.url,
    apiKey: REFERENCE_KEY,
    only,
    seed: 'reports',
    knownFailures: ['health-timestamp'],
  })
  await service.close(0)
})

const of = (kind: (typeof reportKinds)[number], language: 'ko' | 'en' = 'en') =>
  reportFile(kind, report, { language, version: '1.2.3' }).content

describe('the text report', () => {
  it('is aligned, also where Hangul is two columns wide', () => {
    const lines = textReport(report, { language: 'ko', colours: false }).split('\n')
    const rows = lines.filter((line) => /^[✓✗-] /u.test(line) && /(?:MUST|SHOULD)/.test(line))
    expect(rows).toHaveLength(report.results.length)
    const columns = rows.map((row) => stringWidth(row.slice(0, row.search(/MUST|SHOULD/))))
    expect(new Set(columns).size).toBe(1)
  })

  it('has no colour and no control characters unless asked for', () => {
    const plain = textReport(report, { language: 'en', colours: false })
    expect(plain).not.toMatch(/[^\P{Cc}\n]/u)
    expect(textReport(report, { language: 'en', colours: true })).toContain('\u001B[31m✗ FAIL')
  })

  it('says of a failure what was expected, what came, what to do and how to try it', () => {
    const text = textReport(report, { language: 'en', colours: false })
    expect(text).toContain('✗ classic-health — Health check (/health)')
    expect(text).toMatch(/expected: 200\n\s+received: 503\n\s+hint: The root path \/health is needed/)
    expect(text).toMatch(/try it: curl -i 'http:\/\/127\.0\.0\.1:\d+\/health'/)
    expect(text).toContain('(known failure)')
    expect(text).toMatch(/The classic five {2,} 80\/100 {2}4 passed · 1 failed · 0 skipped/)
    expect(text).toMatch(/Outcome: failed\n$/)
  })
})

describe('the JUnit report', () => {
  it('is well-formed and its counts are those of its cases', () => {
    const xml = of('junit')
    expect(isWellFormed(xml)).toBe(true)
    const suites = [...xml.matchAll(/<testsuite (.*?)>([\s\S]*?)<\/testsuite>/g)]
    expect(suites.map(([, attributes = '']) => attribute(attributes, 'name'))).toEqual(['classic', 'health', 'webhook'])
    for (const [, attributes = '', body = ''] of suites) {
      const count = (tag: string) => [...body.matchAll(new RegExp(`<${tag}[ >/]`, 'g'))].length
      expect(['tests', 'failures', 'skipped', 'errors'].map((name) => Number(attribute(attributes, name)))).toEqual([
        count('testcase'),
        count('failure'),
        count('skipped'),
        0,
      ])
      expect(attribute(attributes, 'timestamp')).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/)
    }
    const names = [...xml.matchAll(/<testcase name="(.*?)" classname="(.*?)" time="[\d.]+"/g)]
    expect(names).toHaveLength(report.results.length)
  })

  it('is what the schemas of Ant and of Jenkins take', () => {
    expect(junitComplaints(of('junit'))).toEqual([])
    expect(junitComplaints('<testsuites name="x"><testsuite/></testsuites>')).not.toEqual([])
  })

  it('fails for what fails the run only', () => {
    const failures = [...of('junit').matchAll(/<testcase name="([\w-]+)[^>]*>\s*<failure/g)].map(([, id]) => id)
    const counting = report.results.filter(
      ({ outcome, level, known }) => outcome === 'fail' && level === 'MUST' && !known,
    )
    expect(failures).toEqual(counting.map(({ id }) => id))
    expect(of('junit')).toMatch(/<skipped message="KNOWN /)
    expect(of('junit')).toMatch(/<skipped message="SHOULD /)
  })
})

describe('the HTML report', () => {
  it.each(['ko', 'en'] as const)('in %s holds what the service said as text, never as markup', (language) => {
    const html = of('html', language)
    expect(html).toContain(`<html lang="${language}">`)
    expect(html).toContain('&#60;script&#62;alert')
    expect(html).not.toContain('<script')
    expect(isWellFormed(html.replace('<!doctype html>', '').replaceAll(/<(?:meta|br)[^>]*>/g, ''))).toBe(true)
  })

  it('asks nobody for anything', () => {
    const html = of('html')
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html).not.toMatch(/\b(?:src|href)="(?!#)/)
    expect(html).not.toMatch(/url\(|@import/)
  })

  it('links every failure to its details', () => {
    const html = of('html')
    const targets = [...html.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id)
    expect(targets.length).toBeGreaterThan(2)
    for (const id of targets) expect(html).toContain(`<section id="${id}">`)
  })
})

describe('the HAR report', () => {
  it('fits the schema of HAR 1.2', () => {
    const validate = new Ajv({ strict: false, formats: { 'date-time': /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/ } }).compile(
      harSchema,
    )
    expect(validate(JSON.parse(of('har'))), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [{}] } })).toBe(false)
  })

  it('has what HAR 1.2 asks of every entry, and the whole of what went over the wire', () => {
    const { log } = Har.parse(JSON.parse(of('har')))
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'mt-paas verify', version: '1.2.3' } })
    expect(log.entries).toHaveLength(report.exchanges.length)
    for (const { startedDateTime, time, request, response, cache, timings } of log.entries) {
      expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime)
      expect(time).toBeGreaterThanOrEqual(0)
      expect([typeof request.method, typeof request.url, request.httpVersion]).toEqual(['string', 'string', 'HTTP/1.1'])
      for (const list of [request.cookies, request.headers, request.queryString, response.cookies, response.headers]) {
        expect(Array.isArray(list)).toBe(true)
      }
      expect([typeof response.status, typeof response.statusText, typeof response.redirectURL]).toEqual([
        'number',
        'string',
        'string',
      ])
      expect(response.content).toMatchObject({
        size: expect.any(Number),
        mimeType: expect.any(String),
        text: expect.any(String),
      })
      expect(Object.keys(timings).sort()).toEqual(['receive', 'send', 'wait'])
      expect(cache).toEqual({})
    }
    const posted = log.entries.find(({ request }) => request.method === 'POST')
    expect(JSON.parse(posted?.request.postData?.text ?? '')).toMatchObject({ application_id: 9001 })
  })
})

/** What HAR 1.2 has, as far as it is looked at. */
const Har = z.object({
  log: z.looseObject({
    entries: z.array(
      z.looseObject({
        startedDateTime: z.string(),
        time: z.number(),
        request: z.looseObject({ method: z.unknown(), postData: z.object({ text: z.string() }).optional() }),
        response: z.looseObject({}),
        cache: z.unknown(),
        timings: z.looseObject({}),
      }),
    ),
  }),
})

describe('every report', () => {
  it.each(reportKinds)('of kind %s keeps the key to itself', (kind) => {
    expect(of(kind)).not.toContain(REFERENCE_KEY)
  })

  it('in JSON is read again as a baseline', () => {
    const failed = report.results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
    expect(knownFailuresOf(of('json'))).toEqual(failed)
    expect(failed).toContain('classic-health')
    expect(() => knownFailuresOf('{"results":[]}')).toThrow(SyntaxError)
  })

  it('as a badge is a picture with a name', () => {
    const svg = of('badge')
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img" aria-label="conformance: \d+ \/ 100">/,
    )
  })
})

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
}

/** Tags are balanced, attributes quoted, and nothing but known entities and characters XML allows stands between them. */
function isWellFormed(xml: string): boolean {
  const open: string[] = []
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '')
    .replaceAll(
      /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
      (...[, close, name = '', , empty]: string[]) => {
        if (close) return open.pop() === name ? '' : '<unbalanced'
        if (!empty) open.push(name)
        return ''
      },
    )
  const allowed = /^(?:[^<&\p{Cc}\p{Cs}\uFFFE\uFFFF]|[\t\n\r]|&#\d+;)*$/u
  return open.length === 0 && allowed.test(rest) && allowed.test(xml.replaceAll(/<[^>]*>/g, ''))
}
