export { type AdvisorHandlerOptions, advisorHandler } from './services/advisor/advisor-handler.ts'
export {
  ADVISOR_PORT,
  type AdvisorOptions,
  type AdvisorService,
  startAdvisor,
} from './services/advisor/advisor-service.ts'
