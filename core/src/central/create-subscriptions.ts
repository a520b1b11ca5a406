import { Migration } from '@mikro-orm/migrations'

/** The subscriptions of tenants: one open version each, and every version before it. */
export class CreateSubscriptions extends Migration {
  override up(): void {
    this.addSql(`
      create table subscriptions (
        id bigint generated always as identity primary key,
        tenant_id text not null references tenants (id) on delete cascade,
        plan text not null,
        limits jsonb not null,
        features jsonb not null,
        starts_on date not null,
        ends_on date null,
        auto_renew boolean not null,
        term_months integer not null check (term_months between 1 and 1200),
        status text not null check (status in ('active', 'cancelled', 'expired')),
        opened_at timestamptz not null,
        closed_at timestamptz null,
        check (ends_on >= starts_on)
      )`)
    this.addSql('create unique index subscriptions_open on subscriptions (tenant_id) where closed_at is null')
    this.addSql('create index subscriptions_tenant on subscriptions (tenant_id, id)')
    this.addSql('create index subscriptions_end on subscriptions (ends_on) where closed_at is null')
    this.addSql(`
      insert into subscriptions
        (tenant_id, plan, limits, features, starts_on, ends_on, auto_renew, term_months, status, opened_at)
      select id, plan, '{}', '{}', day,
        case when expires_at is not null then greatest((expires_at at time zone 'UTC')::date, day) end,
        false, 12, 'active', created_at
      from (select *, (created_at at time zone 'UTC')::date as day from tenants) as tenants`)
  }

  override down(): void {
    this.addSql('drop table subscriptions')
  }
}
