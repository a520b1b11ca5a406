import { ADVISOR_PORT } from '../ports.ts'
import { startAdvisor } from '../services/advisor/advisor-service.ts'

/** A sample service that can be started. */
export interface Sample {
  readonly definition: {
    readonly name: string
    readonly title: string
    readonly port: number
    readonly centralDatabase: string
  }
  readonly start: (options: {
    readonly centralUrl: string
    readonly apiKey: string
    readonly port: number
    readonly now: () => Date
  }) => Promise<RunningSample>
}

/** A sample service that runs. */
export interface RunningSample {
  readonly url: string
  close(): Promise<void>
}

/** The sample services. */
export const samples: readonly Sample[] = [
  {
    definition: { name: 'advisor', title: 'Advisor', port: ADVISOR_PORT, centralDatabase: 'advisor_central' },
    start: startAdvisor,
  },
]
