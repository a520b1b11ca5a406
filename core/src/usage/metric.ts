/** How a metric is summed up: a counter by its sum, a gauge by the largest value seen. */
export interface MetricDefinition {
  /** In the answers of billing, such as `tokens`. */
  readonly unit: string
  /** @default 'counter' */
  readonly kind?: 'counter' | 'gauge'
}

/** The metrics that the contract's answers are made of. Services may record others. */
export const defaultMetrics: Readonly<Record<string, MetricDefinition>> = Object.freeze({
  sessions: { unit: 'sessions' },
  messages: { unit: 'messages' },
  api_calls: { unit: 'calls' },
  /** Tokens of language models, for services that do not tell input from output. */
  ai_tokens: { unit: 'tokens' },
  input_tokens: { unit: 'tokens' },
  output_tokens: { unit: 'tokens' },
  /** What is stored; recorded now and then, and counted with its largest value. */
  storage_mb: { unit: 'MB', kind: 'gauge' },
})

/** Metrics that together are the tokens of the contract. */
export const tokenMetrics: readonly string[] = Object.freeze(['ai_tokens', 'input_tokens', 'output_tokens'])

/** Unit of a metric that nobody defined. */
const UNKNOWN_UNIT = 'units'

/** The metrics of a service. */
export interface MetricCatalogue {
  /** Names of the metrics that are always answered, also when nothing was used. */
  readonly names: readonly string[]
  /** Names of the metrics that are not summed. */
  readonly gauges: readonly string[]
  unitOf(metric: string): string
}

/** The default metrics with those of a service. */
export function metricCatalogue(own: Readonly<Record<string, MetricDefinition>> = {}): MetricCatalogue {
  const byName = new Map(Object.entries({ ...defaultMetrics, ...own }))
  return Object.freeze({
    names: Object.freeze([...byName.keys()]),
    gauges: Object.freeze([...byName].flatMap(([name, { kind }]) => (kind === 'gauge' ? [name] : []))),
    unitOf: (metric: string) => byName.get(metric)?.unit ?? UNKNOWN_UNIT,
  })
}
