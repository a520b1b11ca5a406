/** Headings of tables. */
export type SimulatorColumn =
  | 'id'
  | 'kind'
  | 'status'
  | 'university'
  | 'service'
  | 'tenant'
  | 'delivery'
  | 'application'
  | 'state'
  | 'attempts'
  | 'http'
  | 'ms'
  | 'reason'
  | 'next'
  | 'at'
  | 'event'
  | 'place'
  | 'left'
  | 'right'
  | 'address'
  | 'shape'
  | 'signed'
  | 'count'
  | 'what'

/** Texts of the simulator and its commands, in one language. */
export interface SimulatorText {
  readonly columns: Readonly<Record<SimulatorColumn, string>>
  readonly badValue: (option: string, value: string, expected: string) => string
  readonly unreachable: (url: string) => string
  /** The simulator said no; `message` is its own. */
  readonly refused: (message: string) => string
  /** A time such as `5m`, in a sentence. */
  readonly duration: string
  readonly unreadableFile: (path: string) => string
  readonly running: (url: string) => string
  readonly log: (path: string) => string
  readonly stayingUp: string
  readonly stopped: string
  readonly portTaken: (port: number) => string
  readonly fileInUse: (path: string) => string
  readonly nothing: string
  readonly same: string
  readonly asExpected: (scenario: string) => string
  readonly notAsExpected: (scenario: string) => string
  readonly expected: (statuses: string) => string
  readonly noAnswer: string
  readonly clock: (now: string, ahead: string) => string
  readonly noFaults: string
  readonly faults: (preset: string, percent: string, seed: string) => string
  readonly isReset: string
  readonly signatureValid: string
  readonly signatureInvalid: Readonly<Record<'headers' | 'timestamp' | 'signature', string>>
  readonly statistics: Readonly<
    Record<
      | ('successRate' | 'applications' | 'deliveries' | 'attempts' | 'callbacks' | 'duration' | 'failures')
      | ('total' | 'count' | 'mean' | 'least' | 'most'),
      string
    >
  >
  readonly following: string
}
