import { Migration } from '@mikro-orm/migrations'

/**
 * Usage as it was recorded, its daily roll-ups, and what is consumed of quotas. In the roll-ups the empty user is
 * usage without a user, the empty model usage without a model: a primary key holds no nulls. Usage refers to no row of
 * a tenant, because bills outlive tenants.
 */
export class CreateUsage extends Migration {
  override up(): void {
    this.addSql(`
      create table usage_logs (
        tenant_id text not null,
        id text not null,
        metric text not null,
        quantity numeric not null check (quantity >= 0),
        at timestamptz not null,
        user_id text null check (user_id <> ''),
        attributes jsonb not null,
        recorded_at timestamptz not null default now(),
        primary key (tenant_id, id)
      )`)
    this.addSql('create index usage_logs_at on usage_logs (tenant_id, at)')
    this.addSql(`
      create table usage_daily (
        tenant_id text not null,
        day date not null,
        metric text not null,
        user_id text not null,
        model text not null,
        quantity numeric not null,
        peak numeric not null,
        events bigint not null,
        last_at timestamptz not null,
        primary key (tenant_id, day, metric, user_id, model)
      )`)
    this.addSql(`
      create table quota_use (
        tenant_id text not null references tenants (id) on delete cascade,
        metric text not null,
        month date not null,
        used numeric not null check (used >= 0),
        days numeric[] not null,
        primary key (tenant_id, metric, month)
      )`)
  }

  override down(): void {
    this.addSql('drop table quota_use')
    this.addSql('drop table usage_daily')
    this.addSql('drop table usage_logs')
  }
}
