import { Migration } from '@mikro-orm/migrations'

/** What the lifecycle keeps of a tenant beside its state, and the audit trail of its transitions. */
export class AddLifecycle extends Migration {
  override up(): void {
    this.addSql('alter table tenants drop constraint tenants_status_check')
    this.addSql(`
      alter table tenants
        add constraint tenants_status_check
          check (status in ('pending', 'provisioning', 'active', 'suspended', 'deleted', 'purged')),
        add column suspended_reason text null,
        add column operation jsonb null,
        add column done_steps text[] not null default '{}',
        add column attempts int not null default 0,
        add column last_error text null,
        add column next_attempt_at timestamptz null,
        add column needs_attention boolean not null default false`)
    this.addSql(`
      create index tenants_unfinished on tenants (next_attempt_at)
        where operation is not null and not needs_attention`)
    this.addSql(`create index tenants_retention on tenants (data_retention_until) where status = 'deleted'`)
    this.addSql(`
      create table tenant_events (
        id bigserial primary key,
        tenant_id text not null,
        at timestamptz not null,
        actor text not null,
        from_state text null,
        to_state text not null,
        reason text null,
        request_id text null,
        idempotency_key text null,
        events jsonb not null
      )`)
    this.addSql('create index tenant_events_tenant on tenant_events (tenant_id, id)')
    // What was cut off before operations were kept is gone on with.
    this.addSql(`
      update tenants set next_attempt_at = now(), attempts = 1, operation = jsonb_build_object(
        'id', gen_random_uuid(), 'kind', case status when 'provisioning' then 'provision' else 'purge' end,
        'actor', 'migration', 'requestId', null, 'reason', null, 'idempotencyKey', null)
      where status = 'provisioning' or (status = 'deleted' and data_retention_until is null)`)
  }

  override down(): void {
    this.addSql('drop table tenant_events')
    this.addSql('drop index tenants_unfinished, tenants_retention')
    this.addSql(`
      alter table tenants
        drop constraint tenants_status_check,
        drop column suspended_reason, drop column operation, drop column done_steps, drop column attempts,
        drop column last_error, drop column next_attempt_at, drop column needs_attention`)
    this.addSql(`update tenants set status = 'provisioning' where status = 'pending'`)
    this.addSql(`update tenants set status = 'deleted' where status = 'purged'`)
    this.addSql(`
      alter table tenants add constraint tenants_status_check
        check (status in ('provisioning', 'active', 'suspended', 'deleted'))`)
  }
}
