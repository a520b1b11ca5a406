import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { knownFailuresOf } from '../conformance/baseline.ts'
import { openCallbackReceiver } from '../conformance/callback-receiver.ts'
import type { ConformanceReport, Verdict } from '../conformance/report/report.ts'
import { reportFile } from '../conformance/report/report-files.ts'
import { textReport } from '../conformance/report/text-report.ts'
import { UnknownCheckError } from '../conformance/select-checks.ts'
import { selfTest } from '../conformance/self-test.ts'
import { baseUrlOf, type CallbackTarget, TargetError } from '../conformance/target.ts'
import { verifyService } from '../conformance/verify-service.ts'
import type { CommandContext } from './command/command-context.ts'
import type { CommandProcess } from './command/command-process.ts'
import { reasonOf } from './reason-of.ts'
import { type StartedService, StartServiceError, startService } from './started-service.ts'
import { StopRequest, stopSignal } from './stop-signal.ts'
import { type VerifyArguments, verifyArguments } from './verify-arguments.ts'
import { type VerifyWords, verifyWords } from './verify-words.ts'

/** What was asked, and in which words to answer. */
interface Run {
  readonly values: VerifyArguments
  readonly words: VerifyWords
  readonly context: CommandContext
  readonly signal: AbortSignal
}

const EXIT_CODES: Readonly<Record<Verdict, number>> = { passed: 0, failed: 1, untested: 2 }

/** Runs `mt-paas verify`; its exit code is 0 passed, 1 failed, 2 could not test, 130 interrupted. */
export async function verifyCommand(context: CommandContext): Promise<number> {
  const { line, host, say } = context
  const words = verifyWords(line.text.language)
  const values = verifyArguments(line, host.env)
  const { signal, release } = stopSignal(host)
  const run = { values, words, context, signal }
  try {
    return values.selfTest ? await proveChecks(run) : await verify(run)
  } catch (error) {
    if (error instanceof StopRequest) {
      say(line.text.command.interrupted)
      return error.exitCode
    }
    say(reasonOfFailure(error, run))
    return 2
  } finally {
    release()
  }
}

async function verify({ values, words, context, signal }: Run): Promise<number> {
  const { host, print, say } = context
  const { language } = context.line.text
  const url = baseUrlOf(values.options.url, { allowRemote: values.options.allowRemote ?? false })
  const knownFailures = values.baseline === undefined ? [] : knownFailuresOf(await readText(host, values.baseline))
  const callbacks = await awaitedCallbacks(values)
  let service: StartedService | undefined
  let report: ConformanceReport
  try {
    service = await started(values, { url, words, host, signal })
    const onResult = progressOn(host)
    const more = { knownFailures, signal, ...(onResult && { onResult }), ...(callbacks && { callbacks }) }
    report = await verifyService({ ...values.options, ...more })
  } finally {
    if (host.stderr.isTTY) host.stderr.write('\r\u001B[K')
    await service?.stop()
    await callbacks?.receiver.close()
  }
  for (const kind of values.reports) {
    const { name, content } = reportFile(kind, report, { language, version: version() })
    const folder = resolve(host.cwd(), values.out)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, name), content)
    say(words.wrote(join(values.out, name)))
  }
  const colours = host.stdout.isTTY === true && !host.env.NO_COLOR
  print(report, () => textReport(report, { language, colours }))
  return EXIT_CODES[report.verdict]
}

async function awaitedCallbacks({ callbacks }: VerifyArguments): Promise<CallbackTarget | undefined> {
  if (!callbacks) return undefined
  const { port, ...judged } = callbacks
  return { receiver: await openCallbackReceiver({ port }), ...judged }
}

interface Starting {
  readonly url: string
  readonly words: VerifyWords
  readonly host: CommandProcess
  readonly signal: AbortSignal
}

async function started(
  { run, options, callbacks }: VerifyArguments,
  { url, words, host, signal }: Starting,
): Promise<StartedService | undefined> {
  if (run === undefined) return undefined
  host.stderr.write(`${words.starting(run)}\n`)
  const { apiKey, webhookSecret } = options
  // Whatever both have to know is told to the service as well.
  const env = {
    ...host.env,
    MARKET_API_KEY: apiKey,
    ...(webhookSecret !== undefined && { MT_WEBHOOK_SECRET: webhookSecret }),
    ...(callbacks && { MT_CALLBACK_ORIGINS: `http://127.0.0.1:${callbacks.port}` }),
    ...(callbacks?.serviceKey !== undefined && { MT_CALLBACK_KEY: callbacks.serviceKey }),
    ...(callbacks?.secret !== undefined && { MT_CALLBACK_SECRET: callbacks.secret }),
  }
  return startService({ command: run, url, env, cwd: host.cwd(), signal })
}

/** Only a terminal shows how far it is; a log would be full of it. */
function progressOn({ stderr, env }: CommandProcess) {
  if (!stderr.isTTY || env.CI) return undefined
  return ({ id }: { readonly id: string }, { done, total }: { readonly done: number; readonly total: number }) =>
    void stderr.write(`\r\u001B[K${done}/${total} ${id}`)
}

async function proveChecks({ values, words, context, signal }: Run): Promise<number> {
  const { host, print } = context
  const onMutant = progressOn(host)
  const report = await selfTest({ thorough: values.thorough, signal, ...(onMutant && { onMutant }) })
  if (host.stderr.isTTY) host.stderr.write('\r\u001B[K')
  print(report, () => `${proofLines(report, words).join('\n')}\n`)
  return report.ok ? 0 : 1
}

function proofLines(report: Awaited<ReturnType<typeof selfTest>>, words: VerifyWords): readonly string[] {
  const { refusedGood, unproven, mutants, checks, durationMs } = report
  const wrong = mutants.filter(({ ok }) => !ok)
  return [
    refusedGood.length === 0 ? words.selfTestGood(checks) : words.selfTestRefused(refusedGood.join(', ')),
    ...(unproven.length > 0 ? [words.selfTestUnproven(unproven.join(', '))] : []),
    ...wrong.map(({ id, expected, failed }) =>
      words.selfTestMutant({ id, expected: expected.join(', '), failed: failed.join(', ') }),
    ),
    words.selfTestDone({
      right: mutants.length - wrong.length,
      total: mutants.length,
      seconds: (durationMs / 1_000).toFixed(1),
    }),
  ]
}

function readText(host: CommandProcess, file: string): Promise<string> {
  return readFile(resolve(host.cwd(), file), 'utf8')
}

function reasonOfFailure(error: unknown, { context, words, values }: Run): string {
  if (error instanceof UnknownCheckError) return words.unknownCheck(error.word)
  if (error instanceof TargetError) {
    if (error.reason === 'not-a-url') return words.badUrl(error.place)
    return error.reason === 'not-loopback' ? words.notLoopback(error.place) : words.unreachable(error.place)
  }
  if (error instanceof StartServiceError) {
    if (error.reason === 'already-there') return words.alreadyThere(values.options.url)
    return error.reason === 'ended'
      ? words.ended(error.detail)
      : words.notReady(values.options.url, Number(error.detail))
  }
  if (isPortTaken(error) && values.callbacks) return words.portTaken(values.callbacks.port)
  if (error instanceof SyntaxError && values.baseline !== undefined) return words.badBaseline(values.baseline)
  return context.line.text.command.failed(reasonOf(error))
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE'
}

function version(): string {
  return createRequire(import.meta.url)('../../package.json').version
}
