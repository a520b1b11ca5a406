import { Migration } from '@mikro-orm/migrations'

/** Adds the market: reviews, subscriptions, accounts, mails and conformance runs; deliveries know their last outcome. */
export class MarketTables extends Migration {
  override up(): void {
    this.addSql('alter table services add column manifest text null')
    this.addSql('alter table services add column health text null')
    this.addSql('alter table deliveries add column reason text null')
    this.addSql('alter table deliveries add column status_code integer null')
    this.addSql('alter table deliveries add column duration_ms real null')
    this.addSql(`
      update deliveries set (reason, status_code, duration_ms) = (
        select reason, response_status, duration_ms from attempts
        where delivery_id = deliveries.id and number = deliveries.attempts and copy = 0
      ) where attempts > 0`)
    this.addSql('create index deliveries_service on deliveries (service_slug, sequence)')
    this.addSql('create index deliveries_reason on deliveries (reason, sequence) where reason is not null')
    this.addSql('create index deliveries_created on deliveries (created_at, sequence)')
    this.addSql('create index attempts_time on attempts (started_at, state, duration_ms, reason)')
    this.addSql('create index callbacks_time on callbacks (received_at, verdict)')
    this.addSql(`
      create table market_accounts (
        id integer primary key autoincrement,
        email text not null,
        email_key text not null unique,
        name text not null,
        university text not null,
        password_hash text not null,
        must_change integer not null,
        session_version integer not null,
        created_at integer not null,
        last_login_at integer null
      ) strict`)
    this.addSql(`
      create table market_subscriptions (
        id integer primary key autoincrement,
        account_id integer not null references market_accounts (id),
        service_slug text not null,
        tenant_id text not null,
        application_id integer not null references applications (id),
        kind text not null check (kind in ('demo', 'service')),
        plan text not null,
        status text not null check (status in ('active', 'suspended', 'expired', 'cancelled')),
        start_date text not null,
        end_date text not null,
        ends_at integer not null,
        access_url text null,
        problem text null,
        warned_days integer null,
        created_at integer not null,
        updated_at integer not null,
        unique (service_slug, tenant_id)
      ) strict`)
    this.addSql('create index market_subscriptions_account on market_subscriptions (account_id)')
    this.addSql('create index market_subscriptions_end on market_subscriptions (status, ends_at)')
    this.addSql(`
      create table market_reviews (
        application_id integer not null primary key references applications (id),
        plan text not null,
        state text not null check (state in ('submitted', 'approved', 'rejected', 'withdrawn')),
        reason text null,
        subscription_id integer null references market_subscriptions (id),
        created_at integer not null,
        decided_at integer null
      ) strict`)
    this.addSql(`create index market_reviews_open on market_reviews (state) where subscription_id is null`)
    this.addSql(`
      create table market_mails (
        id integer primary key autoincrement,
        at integer not null,
        kind text not null,
        recipient text not null,
        application_id integer null,
        subscription_id integer null,
        content text not null
      ) strict`)
    this.addSql(`
      create table conformance_runs (
        id integer primary key autoincrement,
        service_slug text not null,
        url text not null,
        options text not null,
        state text not null check (state in
          ('running', 'passed', 'failed', 'untested', 'cancelled', 'interrupted', 'error')),
        done integer not null,
        total integer not null,
        summary text null,
        report blob null,
        error text null,
        started_at integer not null,
        finished_at integer null
      ) strict`)
    this.addSql('create index conformance_runs_service on conformance_runs (service_slug, id)')
    this.addSql(`
      create table conformance_results (
        run_id integer not null references conformance_runs (id),
        position integer not null,
        check_id text not null,
        outcome text not null,
        result text not null,
        primary key (run_id, position)
      ) strict`)
  }

  override down(): void {
    const tables = ['conformance_results', 'conformance_runs', 'market_mails', 'market_reviews', 'market_subscriptions']
    for (const table of [...tables, 'market_accounts']) this.addSql(`drop table ${table}`)
    for (const index of [
      'attempts_time',
      'callbacks_time',
      'deliveries_service',
      'deliveries_reason',
      'deliveries_created',
    ]) {
      this.addSql(`drop index ${index}`)
    }
    for (const column of ['reason', 'status_code', 'duration_ms'])
      this.addSql(`alter table deliveries drop column ${column}`)
    for (const column of ['manifest', 'health']) this.addSql(`alter table services drop column ${column}`)
  }
}
