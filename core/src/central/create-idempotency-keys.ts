import { Migration } from '@mikro-orm/migrations'

/** Requests that callers gave a key, and what they were answered. */
export class CreateIdempotencyKeys extends Migration {
  override up(): void {
    this.addSql(`
      create table idempotency_keys (
        scope text not null,
        key text not null,
        body_hash text not null,
        claim_id uuid not null unique,
        leased_until timestamptz not null,
        answer text null,
        finished_at timestamptz null,
        primary key (scope, key)
      )`)
    this.addSql('create index idempotency_keys_finished on idempotency_keys (finished_at)')
  }

  override down(): void {
    this.addSql('drop table idempotency_keys')
  }
}
