import { Migration } from '@mikro-orm/migrations'

/**
 * `make_tenant_role` makes the login role of a tenant inside the caller's transaction; false when there is one of its
 * name, whoever it belongs to.
 */
export class MakeTenantRole extends Migration {
  override up(): void {
    this.addSql(`
      create function make_tenant_role(
        new_name text, verifier text, connection_limit int, new_comment text
      ) returns boolean language plpgsql as $$
      begin
        if exists (select from pg_roles where rolname = new_name) then
          return false;
        end if;
        execute format('create role %I login nocreatedb nocreaterole connection limit %s password %L',
          new_name, connection_limit, verifier);
        execute format('comment on role %I is %L', new_name, new_comment);
        -- Only members may give things to a role; a superuser need not be one.
        if not (select rolsuper from pg_roles where rolname = current_user) then
          execute format('grant %I to current_user', new_name);
        end if;
        return true;
      end $$`)
    this.addSql('revoke all on function make_tenant_role from public')
  }

  override down(): void {
    this.addSql('drop function make_tenant_role')
  }
}
