import { Migration } from '@mikro-orm/migrations'

/** Channel on which PostgreSQL says which tenant changed: its id, or nothing when all may have. */
export const TENANT_CHANNEL = 'mt_paas_tenant'

/** Every change of a tenant is told on {@link TENANT_CHANNEL} when its transaction commits, whoever made it. */
export class NotifyTenants extends Migration {
  override up(): void {
    this.addSql(`
      create function mt_paas_notify_tenant() returns trigger language plpgsql as $$
      begin
        if tg_level = 'STATEMENT' then
          perform pg_notify('${TENANT_CHANNEL}', '');
        elsif tg_op = 'INSERT' then
          perform pg_notify('${TENANT_CHANNEL}', to_jsonb(new) ->> tg_argv[0]);
        elsif tg_op = 'DELETE' then
          perform pg_notify('${TENANT_CHANNEL}', to_jsonb(old) ->> tg_argv[0]);
        elsif old is distinct from new then
          perform pg_notify('${TENANT_CHANNEL}', to_jsonb(new) ->> tg_argv[0]);
        end if;
        return null;
      end $$`)
    this.addSql(`
      create trigger tenants_notify after insert or update or delete on tenants
      for each row execute function mt_paas_notify_tenant('id')`)
    this.addSql(`
      create trigger tenants_notify_all after truncate on tenants
      for each statement execute function mt_paas_notify_tenant('id')`)
  }

  override down(): void {
    this.addSql('drop trigger tenants_notify on tenants')
    this.addSql('drop trigger tenants_notify_all on tenants')
    this.addSql('drop function mt_paas_notify_tenant()')
  }
}
