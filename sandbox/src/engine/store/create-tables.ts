import { Migration } from '@mikro-orm/migrations'

/** First migration of the sandbox's log. Times are ms since 1970, bodies the bytes as they went over the wire. */
export class CreateTables extends Migration {
  override up(): void {
    this.addSql(`create table settings (name text not null primary key, value text not null) strict`)
    this.addSql(`
      create table services (
        slug text not null primary key,
        service_id integer not null,
        title text not null,
        base_url text not null,
        shape text not null check (shape in ('flat', 'nested', 'standard')),
        api_key text not null,
        next_api_key text null,
        signing_secret text null,
        service_key text null,
        callback_secret text null,
        created_at integer not null
      ) strict`)
    this.addSql(`
      create table applications (
        id integer not null primary key,
        kind text not null check (kind in ('demo', 'service')),
        contact text not null,
        reason text not null,
        applicant_id integer not null,
        applicant_name text not null,
        applicant_email text not null,
        university_name text not null,
        service_id integer not null,
        service_slug text not null,
        service_title text not null,
        shape text not null check (shape in ('flat', 'nested', 'standard')),
        url text not null,
        api_key text null,
        callback_url text not null,
        start_date text not null,
        end_date text not null,
        status text not null check (status in ('pending', 'sent', 'completed', 'failed')),
        tenant_id text null,
        access_url text null,
        message text null,
        failure text null,
        created_at integer not null,
        updated_at integer not null
      ) strict`)
    this.addSql('create index applications_status on applications (status, id)')
    this.addSql('create index applications_tenant on applications (tenant_id, id) where tenant_id is not null')
    this.addSql(`
      create table deliveries (
        sequence integer not null primary key,
        id text not null unique,
        application_id integer null references applications (id),
        service_slug text null,
        source text not null check (source in ('application', 'provision', 'custom', 'trigger')),
        shape text not null check (shape in ('flat', 'nested', 'standard', 'custom')),
        url text not null,
        headers text not null,
        body blob not null,
        api_key text null,
        secret text null,
        fault text null,
        retry integer not null,
        state text not null check (state in ('waiting', 'sending', 'delivered', 'failed', 'stopped')),
        attempts integer not null,
        uncounted integer not null,
        next_attempt_at integer null,
        created_at integer not null,
        finished_at integer null
      ) strict`)
    this.addSql(`create index deliveries_due on deliveries (next_attempt_at, sequence) where state = 'waiting'`)
    this.addSql('create index deliveries_state on deliveries (state, sequence)')
    this.addSql('create index deliveries_application on deliveries (application_id, sequence)')
    this.addSql(`
      create table attempts (
        id integer primary key autoincrement,
        delivery_id text not null references deliveries (id),
        application_id integer null,
        number integer not null,
        copy integer not null,
        state text not null check (state in ('sending', 'succeeded', 'failed', 'interrupted')),
        started_at integer not null,
        finished_at integer null,
        duration_ms real null,
        url text not null,
        request_headers text not null,
        request_body blob not null,
        response_status integer null,
        response_headers text null,
        response_body blob null,
        reason text null,
        error text null,
        fault text null,
        unique (delivery_id, number, copy)
      ) strict`)
    this.addSql('create index attempts_state on attempts (state)')
    this.addSql('create index attempts_duration on attempts (duration_ms) where duration_ms is not null')
    this.addSql('create index attempts_reason on attempts (reason) where reason is not null')
    this.addSql(`
      create table callbacks (
        id integer primary key autoincrement,
        webhook_id text null,
        service_slug text null,
        application_id integer null,
        tenant_id text null,
        success integer null,
        verdict text not null check (verdict in ('accepted', 'unchecked', 'repeated', 'refused', 'malformed')),
        reason text null,
        headers text not null,
        body blob not null,
        received_at integer not null,
        answer_status integer not null,
        answer_body text not null
      ) strict`)
    this.addSql(`
      create unique index callbacks_once on callbacks (service_slug, webhook_id)
      where verdict = 'accepted' and webhook_id is not null`)
    this.addSql('create index callbacks_tenant on callbacks (tenant_id, id) where application_id is null')
    this.addSql('create index callbacks_application on callbacks (application_id, id)')
    this.addSql(`
      create table events (
        id integer primary key autoincrement,
        at integer not null,
        type text not null,
        application_id integer null,
        delivery_id text null,
        data text not null
      ) strict`)
    this.addSql('create index events_application on events (application_id, id)')
  }

  override down(): void {
    for (const table of ['events', 'callbacks', 'attempts', 'deliveries', 'applications', 'services', 'settings']) {
      this.addSql(`drop table ${table}`)
    }
  }
}
