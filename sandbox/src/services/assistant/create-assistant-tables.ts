import { Migration } from '@mt-paas/core'

class CreateAssistantTables extends Migration {
  override up(): void {
    this.addSql(`
      create table users (
        id text primary key,
        email text not null,
        email_key text not null unique,
        name text not null,
        role text not null check (role in ('admin', 'user', 'moderator')),
        status text not null check (status in ('active', 'inactive', 'suspended')),
        password_hash text null,
        created_at timestamptz not null,
        last_login timestamptz null
      )`)
    this.addSql(`
      create table sessions (
        id text primary key,
        user_id text null references users (id) on delete set null,
        title text not null,
        started_at timestamptz not null,
        metered boolean not null default false
      )`)
    this.addSql(`
      create table model_prices (
        model text primary key,
        input_price numeric not null check (input_price >= 0),
        output_price numeric not null check (output_price >= 0)
      )`)
    this.addSql(`
      create table messages (
        id text primary key,
        position bigint not null generated always as identity,
        session_id text not null references sessions (id) on delete cascade,
        user_id text null references users (id) on delete set null,
        author text not null check (author in ('user', 'assistant')),
        content text not null,
        model text null references model_prices (model),
        input_tokens int not null default 0 check (input_tokens >= 0),
        output_tokens int not null default 0 check (output_tokens >= 0),
        created_at timestamptz not null,
        metered boolean not null default false,
        check ((author = 'assistant') = (model is not null)),
        check (model is not null or input_tokens + output_tokens = 0)
      )`)
    this.addSql(`
      create table documents (
        id text primary key,
        title text not null,
        content text not null,
        bytes int not null generated always as (octet_length(content)) stored,
        created_by text null references users (id) on delete set null,
        created_at timestamptz not null,
        updated_at timestamptz null
      )`)
    this.addSql(`
      create table passages (
        document_id text not null references documents (id) on delete cascade,
        position int not null,
        content text not null,
        search tsvector not null,
        primary key (document_id, position)
      )`)
    this.addSql('create index on passages using gin (search)')
    this.addSql('create index on sessions (started_at)')
    this.addSql('create index on sessions (user_id)')
    this.addSql('create index on sessions (id) where not metered')
    this.addSql('create index on messages (created_at)')
    this.addSql('create index on messages (user_id)')
    this.addSql('create index on messages (session_id, position)')
    this.addSql('create index on messages (id) where not metered')
  }
}

/** First migration of a tenant's database. */
export const createAssistantTables = { name: 'create-assistant-tables', class: CreateAssistantTables }
