export type { Capability } from './conformance/capability-name.ts'
export type { Level } from './conformance/check.ts'
export type { Exchange } from './conformance/http/exchange.ts'
export type { FetchLike } from './conformance/http/sender.ts'
export type { Localised } from './conformance/localised.ts'
export type {
  CheckResult,
  ConformanceReport,
  Failure,
  Outcome,
  Tally,
  Verdict,
} from './conformance/report/report.ts'
export { type ReportFileOptions, type ReportKind, reportFile, reportKinds } from './conformance/report/report-files.ts'
export { type TextReportOptions, textReport } from './conformance/report/text-report.ts'
export type { RuleId } from './conformance/rules.ts'
export { UnknownCheckError } from './conformance/select-checks.ts'
export { type MutantResult, type SelfTestOptions, type SelfTestReport, selfTest } from './conformance/self-test.ts'
export type { SkipKind } from './conformance/skip-check.ts'
export { TargetError } from './conformance/target.ts'
export { type VerifyOptions, type VerifyProgress, verifyService } from './conformance/verify-service.ts'
export type { ConsoleRouter } from './console/console-router.ts'
export { PAGE_FOLDER } from './console/page-folder.ts'
export type { Market } from './market/market.ts'
export { ServiceManifest } from './market/service-manifest.ts'
export {
  type AdvisorHandlerOptions,
  type AdvisorOptions,
  type AdvisorService,
  advisor,
  advisorHandler,
  startAdvisor,
} from './services/advisor/advisor.ts'
export type { AssistantDefinition, PriceOfModel } from './services/assistant/assistant-definition.ts'
export type { AssistantOptions, AssistantService } from './services/assistant/assistant-service.ts'
export type { PasswordCost } from './services/assistant/login/password-hash.ts'
export {
  type SeededService,
  type SeedOptions,
  type SeedReport,
  seedTenant,
} from './services/assistant/seed/seed-tenant.ts'
export { chatbot, startChatbot } from './services/chatbot/chatbot.ts'
export { ADVISOR_PORT, CHATBOT_PORT } from './services/sample-ports.ts'
export { type SampleService, sampleServices } from './services/sample-services.ts'
export {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type WaitForCallback,
} from './simulator/index.ts'
