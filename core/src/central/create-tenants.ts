import { Migration } from '@mikro-orm/migrations'

/** First central migration: the table of tenants. */
export class CreateTenants extends Migration {
  override up(): void {
    this.addSql(`
      create table tenants (
        id text primary key,
        name text not null,
        plan text not null,
        features jsonb not null,
        status text not null check (status in ('provisioning', 'active', 'suspended', 'deleted')),
        contact_email text not null,
        contact_name text not null,
        config jsonb not null,
        applicant_email text null constraint tenants_applicant_email_unique unique,
        application_kind text null check (application_kind in ('demo', 'service')),
        db_name text not null constraint tenants_db_name_unique unique,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        expires_at timestamptz null,
        data_retention_until timestamptz null
      )`)
  }

  override down(): void {
    this.addSql('drop table tenants')
  }
}
