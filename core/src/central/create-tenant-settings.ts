import { Migration } from '@mikro-orm/migrations'

/** What tenants chose beside their subscriptions. It ends with a tenant's data. */
export class CreateTenantSettings extends Migration {
  override up(): void {
    this.addSql(`
      create table tenant_settings (
        tenant_id text primary key references tenants (id) on delete cascade,
        branding jsonb not null check (jsonb_typeof(branding) = 'object'),
        updated_at timestamptz not null
      )`)
    this.addSql(`
      create function mt_paas_forget_settings() returns trigger language plpgsql as $$
      begin
        delete from tenant_settings where tenant_id = new.id;
        return null;
      end $$`)
    this.addSql(`
      create trigger tenants_forget_settings after update of status on tenants
      for each row when (new.status = 'purged') execute function mt_paas_forget_settings()`)
  }

  override down(): void {
    this.addSql('drop trigger tenants_forget_settings on tenants')
    this.addSql('drop function mt_paas_forget_settings()')
    this.addSql('drop table tenant_settings')
  }
}
