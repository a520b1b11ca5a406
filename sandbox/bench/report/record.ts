import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { suiteNames } from '../run/run-options.ts'
import type { Machine } from './machine.ts'
import { renderPage } from './page.ts'
import type { SuiteReport } from './report.ts'

/** A suite's last long run, and what it holds for. */
export interface RecordedSuite {
  readonly machine: Machine
  readonly report: SuiteReport
}

const json = new URL('../results.json', import.meta.url)
const page = new URL('../RESULTS.md', import.meta.url)

/** Puts reports in the place of older ones of the same suites, in the files that the repository keeps. */
export function record(machine: Machine, reports: readonly SuiteReport[]): void {
  const recorded = new Map<string, RecordedSuite>()
  for (const suite of readRecord()) recorded.set(suite.report.name, suite)
  for (const report of reports) recorded.set(report.name, { machine, report })
  const suites = suiteNames.flatMap((name) => recorded.get(name) ?? [])
  writeFileSync(json, `${JSON.stringify(suites, undefined, 1)}\n`)
  writeFileSync(page, renderPage(machine, suites))
}

function readRecord(): readonly RecordedSuite[] {
  return existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : []
}
