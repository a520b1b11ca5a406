import stringWidth from 'string-width'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  APPROVED,
  type RecordingService,
  startRecordingService,
} from '../../simulator/recording-service.test.support.ts'
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts'
import { type Launched, launch, said, stopLaunched } from '../launch.test.support.ts'
import { runInProcess } from '../run-in-process.test.support.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ok!').toString('base64')}`
const Applied = z.object({ application: z.unknown(), result: z.object({ id: z.string() }) })
const SignatureHeaders = z.object({ 'webhook-timestamp': z.string(), 'webhook-signature': z.string() })
let service: RecordingService
let simulator: Simulator
const running: Launched[] = []

beforeAll(async () => {
  service = await startRecordingService(({ headers }) =>
    headers['x-api-key'] === 'invalid_key' ? { status: 401 } : APPROVED,
  )
  simulator = await startSimulator({ port: 0 })
  await simulator.engine.services.save({ slug: 'advisor', base_url: service.url })
})

afterEach(() => stopLaunched(running))

afterAll(async () => {
  await simulator?.close()
  await service?.close()
})

const environment = () => ({ MT_SIMULATOR_URL: simulator.url })

function run(args: readonly string[], input = '') {
  return runInProcess(args, { env: environment(), input })
}

describe('commands of the simulator', { timeout: 60_000 }, () => {
  it('apply, trigger, show and compare, with data on stdout and words on stderr', async () => {
    await simulator.engine.trigger('demo')
    await simulator.engine.trigger('wrong-key')
    const applied = await run(['service', '--university', '부산대학교', '--json'])
    expect(applied).toMatchObject({ code: 0, stderr: '' })
    const { application, result } = Applied.parse(JSON.parse(applied.stdout))
    expect(application).toMatchObject({
      kind: 'service',
      status: 'completed',
      applicant: { university_name: '부산대학교' },
    })

    const [good, bad, list, shown, same, different] = await Promise.all([
      run(['trigger', 'demo', '--lang', 'ko']),
      run(['trigger', 'missing-member', '--json']),
      run(['applications', '--lang', 'ko']),
      run(['show', result.id, '--json']),
      run(['diff', result.id, result.id]),
      run(['diff', '1', '2', '--json']),
    ])
    expect(good).toMatchObject({
      code: 0,
      stderr: 'demo: 기대한 대로입니다\n',
      stdout: expect.stringContaining('✓ 기대 200'),
    })
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.stdout)).toMatchObject({
      ok: false,
      steps: [{ expected: [400, 422], result: { status_code: 200 } }],
    })
    expect(list.stdout).toMatch(/│ 번호 +│ 종류 +│ 상태 +│/)
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: result.id, attempts_made: [{ number: 1 }] })
    const replayed = await run(['replay', result.id])
    expect(replayed).toMatchObject({ code: 0, stdout: expect.stringContaining(result.id) })
    expect(same).toMatchObject({ code: 0, stderr: 'No difference.\n' })
    expect(different.code).toBe(1)
    const { differences } = z.object({ differences: z.unknown() }).parse(JSON.parse(different.stdout))
    expect(differences).toContainEqual({
      at: 'request.headers.x-api-key',
      left: 'mt_dev_key_12345',
      right: 'invalid_key',
    })
    expect(differences).toContainEqual({ at: 'answer.status', left: 200, right: 401 })
  })

  it('show an application and a delivery as a report that people read', async () => {
    const { steps } = await simulator.engine.trigger('wrong-key')
    const [step] = steps
    if (!step) throw new Error('A scenario has a step')
    const [application, delivery, stats] = await Promise.all([
      run(['show', String(step.application.id), '--lang', 'ko']),
      run(['show', step.delivery.id, '--lang', 'ko']),
      run(['stats', '--lang', 'ko']),
    ])
    expect(application.stdout).toMatch(/^신청 \d+\n/)
    expect(application.stdout).toMatch(/│ 상태 +│ 실패 +│\n│ 원인 +│ 인증 실패 +│/)
    expect(application.stdout).toMatch(/│ \S+Z │ attempt.failed +│ number=1 status=401/)
    for (const word of [
      `전송 ${step.delivery.id}`,
      '── 시도 1 · 실패 · 401',
      '  X-API-Key: invalid_key',
      '✗ status: 401',
    ]) {
      expect(delivery.stdout).toContain(word)
    }
    expect(delivery.stdout).toMatch(/\n {2}\{\n {4}"application_id": \d+,\n/)
    expect(stats.stdout).toMatch(/│ 전송 +│ 전체 \d+, 대기 0/)
    const tables = [application, delivery, stats].flatMap(({ stdout }) => stdout.split(/\n(?![┌├│└])/))
    for (const table of tables.map((part) => part.split('\n').filter((line) => /^[┌├│└]/.test(line)))) {
      expect(new Set(table.map((line) => stringWidth(line))).size).toBeLessThanOrEqual(1)
    }
  })

  it('change the clock, faults and services', async () => {
    const [clock, faults, service, stats] = await Promise.all([
      run(['clock', '1h30m', '--json']),
      run(['faults', 'key-rotated', '--rate', '0.25', '--json']),
      run(['services', 'save', 'advisor', '--title', '어드바이저', '--json']),
      run(['stats', '--json']),
    ])
    expect(JSON.parse(clock.stdout)).toMatchObject({ offset_ms: expect.closeTo(5_400_000, -3) })
    expect(JSON.parse(faults.stdout)).toMatchObject({ active: { preset: 'key-rotated', rate: 0.25, seed: '1' } })
    expect(JSON.parse(service.stdout)).toMatchObject({ slug: 'advisor', title: '어드바이저' })
    expect(JSON.parse(stats.stdout)).toMatchObject({ applications: { total: expect.any(Number) } })
    expect(await run(['faults', 'off'])).toMatchObject({ code: 0, stdout: 'No faults.\n' })
  })

  it('are programs, and sign what they read on standard input', async () => {
    const signing = launch(['sign', '--secret', SECRET, '--id', 'm1', '--json'], { input: '{}' })
    const { code, stdout } = await signing.exited
    const signed: object = JSON.parse(stdout)
    expect([code, Object.keys(signed)]).toEqual([0, ['webhook-id', 'webhook-timestamp', 'webhook-signature']])
  })

  it('sign and verify on their own', async () => {
    const body = '{"이름":"홍길동"}'
    const signed = await run(['sign', '--secret', SECRET, '--id', 'm1', '--json'], body)
    const headers = SignatureHeaders.parse(JSON.parse(signed.stdout))
    const args = [
      ...['--secret', SECRET, '--id', 'm1', '--timestamp', headers['webhook-timestamp']],
      ...['--signature', headers['webhook-signature']],
    ]
    const [right, wrong, short] = await Promise.all([
      run(['verify-signature', ...args], body),
      run(['verify-signature', ...args], `${body} `),
      run(['sign', '--secret', 'short'], body),
    ])
    expect(right).toMatchObject({ code: 0, stdout: 'The signature holds.\n' })
    expect(wrong).toMatchObject({ code: 1, stdout: 'The signature does not hold.\n' })
    expect(short).toMatchObject({ code: 2, stdout: '', stderr: expect.not.stringContaining('short\n') })
  })

  it('follow events until they are interrupted, which is 130', async () => {
    const tail = launch(['tail', '--json'], { env: environment() })
    running.push(tail)
    await said(tail, 'Following')
    await simulator.engine.trigger('demo')
    await said(tail, 'application.completed', 'stdout')
    tail.child.kill('SIGINT')
    const { code, stdout } = await tail.exited
    expect(code).toBe(130)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => z.object({ type: z.string() }).parse(JSON.parse(line)).type),
    ).toEqual(
      expect.arrayContaining(['application.created', 'delivery.created', 'attempt.succeeded', 'application.completed']),
    )
  })

  it('end with 2 when they cannot tell', async () => {
    const [nobody, unknown, missing, empty, option, refused] = await Promise.all([
      run(['stats', '--url', 'http://127.0.0.1:1']),
      run(['show', 'msg_unknown']),
      run(['diff', '1']),
      run(['show', '']),
      run(['stats', '--colour']),
      run(['custom', 'http://10.0.0.1/']),
    ])
    expect(nobody).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('No market answers') })
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no delivery msg_unknown') })
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('Missing argument') })
    expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('Missing argument: <') })
    expect(option).toMatchObject({ code: 2, stderr: expect.stringContaining('Unknown option: --colour') })
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('only services on this machine') })
  })
})
