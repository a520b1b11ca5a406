import type { EntityManager } from '@mikro-orm/sql'
import { type MailRecord, type MailText, mailRecord } from '../engine/entity/index.ts'
import type { Engine } from '../engine/index.ts'
import type { MailDictionary } from '../text/mail-dictionary.ts'
import { mailEn } from '../text/mail-en.ts'
import { mailKo } from '../text/mail-ko.ts'
import { MarketError } from './market-error.ts'

/** What a mail is about. */
export interface MailDraft {
  readonly kind: MailKind
  readonly to: string
  readonly applicationId?: number
  readonly subscriptionId?: number
  /** Writes it in one language. */
  readonly words: (text: MailDictionary, language: 'ko' | 'en') => MailText
}

/** Kinds of mails. */
export const mailKinds = [
  'access',
  'rejected',
  'expiry_warning',
  'expired',
  'suspended',
  'resumed',
  'plan_changed',
  'renewed',
  'cancelled',
  'password_reset',
] as const

/** One of {@link mailKinds}. */
export type MailKind = (typeof mailKinds)[number]

/** Which mails are asked for. */
export interface MailFilter {
  /** @default any */
  readonly kind?: MailKind | undefined
  /** Part of the receiver's address or of a subject. @default any */
  readonly text?: string | undefined
  /** Those with smaller ids. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** The mails that would be sent. */
export interface Outbox {
  /** Newest first. */
  list(filter: MailFilter): Promise<{ readonly total: number; readonly mails: readonly MailView[] }>
  /** @throws MarketError 404 */
  get(id: number): Promise<MailView>
}

/** Puts a mail into the outbox, in the transaction of what it tells of. */
export function post(em: EntityManager, { clock }: Pick<Engine, 'clock'>, draft: MailDraft): MailRecord {
  const { kind, to, applicationId, subscriptionId, words } = draft
  return em.create(mailRecord, {
    at: clock.now(),
    kind,
    recipient: to,
    applicationId: applicationId ?? null,
    subscriptionId: subscriptionId ?? null,
    content: { ko: words(mailKo, 'ko'), en: words(mailEn, 'en') },
  })
}

/** The outbox of an engine. */
export function createOutbox({ store }: Engine): Outbox {
  return {
    async list({ kind, text, before, limit }) {
      const like = text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined
      const where = {
        ...(kind && { kind }),
        ...(like !== undefined && { $or: [{ recipient: { $like: like } }, { content: { $like: like } }] }),
      }
      const em = store.reader()
      const rows = await em.find(
        mailRecord,
        { $and: [where as object, before === undefined ? {} : { id: { $lt: before } }] },
        { orderBy: { id: 'desc' }, limit },
      )
      return { total: await em.count(mailRecord, where as object), mails: rows.map(mailView) }
    },
    async get(id) {
      const mail = await store.reader().findOne(mailRecord, { id })
      if (!mail) throw MarketError.unknown('mail', id)
      return mailView(mail)
    },
  }
}

function mailView({ id, at, kind, recipient, applicationId, subscriptionId, content }: MailRecord) {
  return {
    id,
    at: at.toISOString(),
    kind: kind as MailKind,
    to: recipient,
    application_id: applicationId ?? null,
    subscription_id: subscriptionId ?? null,
    content,
  }
}
type MailView = ReturnType<typeof mailView>
