import type { Language } from '../../text/index.ts'
import { badge } from './badge.ts'
import { harReport } from './har-report.ts'
import { htmlReport } from './html-report.ts'
import { junitReport } from './junit-report.ts'
import type { ConformanceReport } from './report.ts'

/** Kinds of report that can be written to files. */
export const reportKinds = ['json', 'junit', 'html', 'har', 'badge'] as const

/** One of {@link reportKinds}. */
export type ReportKind = (typeof reportKinds)[number]

/** What goes into the files. */
export interface ReportFileOptions {
  readonly language: Language
  /** Version of this program. */
  readonly version: string
}

/** Name and content of the file of one kind. */
export function reportFile(kind: ReportKind, report: ConformanceReport, { language, version }: ReportFileOptions) {
  switch (kind) {
    case 'json':
      return { name: 'conformance.json', content: `${JSON.stringify(report, null, 2)}\n` }
    case 'junit':
      return { name: 'conformance.junit.xml', content: junitReport(report, language) }
    case 'html':
      return { name: 'conformance.html', content: htmlReport(report, language) }
    case 'har':
      return { name: 'conformance.har', content: `${JSON.stringify(harReport(report, version), null, 2)}\n` }
    case 'badge':
      return { name: 'conformance.svg', content: badge(report) }
  }
}
