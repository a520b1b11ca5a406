import { Migration } from '@mt-paas/core'

/** Brings databases up that were made before messages had positions and documents their size; others have both. */
class CompleteAssistantTables extends Migration {
  override up(): void {
    this.addSql(`
      do $$
      begin
        if not exists (
          select from information_schema.columns
          where table_schema = current_schema() and table_name = 'messages' and column_name = 'position'
        ) then
          alter table messages add column position bigint;
          update messages set position = ordered.number
            from (select id, row_number() over (order by created_at, author desc, id) as number from messages) as ordered
            where ordered.id = messages.id;
          alter table messages alter column position set not null;
          alter table messages alter column position add generated always as identity;
          perform setval(
            pg_get_serial_sequence('messages', 'position'),
            (select coalesce(max(position), 0) + 1 from messages),
            false
          );
        end if;
      end
      $$`)
    this.addSql(`
      alter table documents
        add column if not exists bytes int not null generated always as (octet_length(content)) stored`)
    this.addSql('create index if not exists messages_session_id_position_idx on messages (session_id, position)')
    this.addSql('drop index if exists messages_session_id_created_at_idx')
  }
}

/** Second migration of a tenant's database. */
export const completeAssistantTables = { name: 'complete-assistant-tables', class: CompleteAssistantTables }
