import { Migration } from '@mikro-orm/migrations'

/**
 * Servers, the databases on them, and who this central database is. A tenant's database may be made ahead of the
 * tenant; `claim_warm_database` gives it to one inside the caller's transaction.
 */
export class CreateDatabases extends Migration {
  override up(): void {
    this.addSql(`
      create table central_identity (
        single boolean primary key default true check (single),
        id uuid not null default gen_random_uuid()
      )`)
    this.addSql('insert into central_identity default values')
    this.addSql(`
      create table servers (
        id text primary key,
        url text null,
        pool_url text null,
        capacity int not null check (capacity > 0),
        state text not null check (state in ('open', 'closed')),
        copy_strategy text null check (copy_strategy in ('default', 'file_copy')),
        shared_password text null,
        created_at timestamptz not null default now()
      )`)
    this.addSql(`insert into servers (id, capacity, state) values ('central', 2000, 'open')`)
    this.addSql(`
      create table tenant_databases (
        name text primary key,
        tenant_id text null unique,
        server_id text not null,
        state text not null check (state in ('making', 'warm', 'claimed', 'ready')),
        identity uuid not null,
        password text null,
        schema_version text null,
        created_at timestamptz not null default now()
      )`)
    this.addSql(`create index tenant_databases_server on tenant_databases (server_id, state, created_at)`)
    // Passwords of tenants' roles are in these tables: no role but the owner may read them.
    this.addSql('revoke all on central_identity, servers, tenant_databases from public')
    this.addSql(CHOOSE)
    this.addSql(CLAIM)
    this.addSql('revoke all on function choose_server, claim_warm_database from public')
  }

  override down(): void {
    this.addSql('drop function claim_warm_database, choose_server')
    this.addSql('drop table tenant_databases, servers, central_identity')
  }
}

/** The least loaded open server for a new database; null when there is none. */
const CHOOSE = `
  create function choose_server() returns text language sql stable as $$
    select s.id from servers s
      cross join lateral (select count(*) as databases from tenant_databases d where d.server_id = s.id) load
      where s.state = 'open' and load.databases < s.capacity
      order by load.databases::float8 / s.capacity, s.created_at limit 1
  $$`

/** One round trip; false leaves nothing behind but the mark on a warm database that could not be had. */
const CLAIM = `
  create function claim_warm_database(
    for_tenant text, new_name text, version text, new_comment text
  ) returns boolean language plpgsql as $$
  declare
    warm tenant_databases%rowtype;
  begin
    if exists (select from pg_database where datname = new_name)
      or exists (select from pg_roles where rolname = new_name)
      or exists (select from tenant_databases where name = new_name or tenant_id = for_tenant)
      or choose_server() is distinct from 'central'
    then
      return false;
    end if;
    select * into warm from tenant_databases
      where server_id = 'central' and state = 'warm' and schema_version = version
      order by created_at limit 1 for update skip locked;
    if not found then
      return false;
    end if;
    begin
      execute format('alter database %I rename to %I', warm.name, new_name);
      if warm.password is not null then
        execute format('alter role %I rename to %I', warm.name, new_name);
      end if;
      execute format('comment on database %I is %L', new_name, new_comment);
      execute format('alter database %I with allow_connections true', new_name);
      update tenant_databases set name = new_name, tenant_id = for_tenant, state = 'claimed' where name = warm.name;
      return true;
    exception
      when invalid_catalog_name or undefined_object or object_in_use
        or duplicate_database or duplicate_object or unique_violation
      then
        update tenant_databases set state = 'making' where name = warm.name;
        return false;
    end;
  end $$`
