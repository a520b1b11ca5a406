import type { DecimalText, PlanOptions } from '@mt-paas/core'
import type { Language } from '../../text/language.ts'

/** What a language model costs. */
export interface PriceOfModel {
  readonly model: string
  /** US dollars for a million tokens read, an exact decimal. */
  readonly inputPrice: DecimalText
  /** US dollars for a million tokens written, an exact decimal. */
  readonly outputPrice: DecimalText
}

/** Words in every language that the services speak. */
export type Wording = Readonly<Record<Language, string>>

/** What tenants are filled with to try a service out. */
export interface SampleContent {
  readonly documents: readonly { readonly title: string; readonly content: string }[]
  readonly exchanges: readonly { readonly question: string; readonly answer: string }[]
}

/** What tells one assistant service from another; everything else they share. */
export interface AssistantDefinition {
  /** In bills, tokens and names of databases: small letters. */
  readonly name: string
  readonly title: string
  readonly version: string
  /** Port on this machine unless another is asked for. */
  readonly port: number
  /** Name of its central database, where services share a server. */
  readonly centralDatabase: string
  /** What the names of its tenants' databases begin with. */
  readonly databasePrefix: string
  /** Who may ask: people who have logged in, or whoever opens the page. */
  readonly askedBy: 'members' | 'everyone'
  /** How many messages of a session a language model gets to see again. */
  readonly rememberedMessages: number
  /** What a language model is told about its job. */
  readonly systemPrompt: Wording
  /** What the page says above the first message. */
  readonly greeting: Wording
  /** Changes to the default plans. */
  readonly plans: PlanOptions
  /** Every model that has a price; others cost nothing. */
  readonly prices: readonly PriceOfModel[]
  readonly samples: SampleContent
}

/** Model of answers that are quotes from documents; it costs nothing. */
export const DOCUMENT_SEARCH = 'document-search'
