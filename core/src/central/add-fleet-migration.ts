import { Migration } from '@mikro-orm/migrations'

/** How the migration of each tenant's schema went, and an index by which those that are behind are found. */
export class AddFleetMigration extends Migration {
  override up(): void {
    this.addSql(`
      alter table tenant_databases
        add column migration_status text not null default 'done' check (migration_status in ('done', 'failed')),
        add column migration_error text null,
        add column migration_attempts int not null default 0`)
    this.addSql(`
      create index tenant_databases_schema on tenant_databases (schema_version) where tenant_id is not null`)
  }

  override down(): void {
    this.addSql('drop index tenant_databases_schema')
    this.addSql(`
      alter table tenant_databases
        drop column migration_status, drop column migration_error, drop column migration_attempts`)
  }
}
