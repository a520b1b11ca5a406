import { Migration } from '@mikro-orm/migrations'

/**
 * `make_tenant_role` takes what may be said of a tenant's login role as options of `create role`, and makes it inside
 * the caller's transaction; false when there is one of its name, whoever it belongs to. The one of before stays for
 * processes of an earlier version that run at the same time.
 */
export class GiveTenantRoleOptions extends Migration {
  override up(): void {
    this.addSql(`
      create or replace function make_tenant_role(
        new_name text, options text, new_comment text
      ) returns boolean language plpgsql strict as $$
      begin
        if exists (select from pg_roles where rolname = new_name) then
          return false;
        end if;
        execute format('create role %I %s', new_name, options);
        execute format('comment on role %I is %L', new_name, new_comment);
        -- Only members may end sessions of a role; a superuser need not be one.
        if not (select rolsuper from pg_roles where rolname = current_user) then
          execute format('grant %I to current_user', new_name);
        end if;
        return true;
      end $$`)
    this.addSql('revoke all on function make_tenant_role(text, text, text) from public')
  }

  override down(): void {
    this.addSql('drop function make_tenant_role(text, text, text)')
  }
}
