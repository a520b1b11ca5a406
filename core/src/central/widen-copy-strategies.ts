import { Migration } from '@mikro-orm/migrations'

/** Copying files and cloning them are told apart; servers are tried anew. */
export class WidenCopyStrategies extends Migration {
  override up(): void {
    this.addSql('update servers set copy_strategy = null')
    this.addSql(`
      alter table servers
        drop constraint servers_copy_strategy_check,
        add constraint servers_copy_strategy_check
          check (copy_strategy in ('default', 'file_copy', 'file_clone'))`)
  }

  override down(): void {
    this.addSql('update servers set copy_strategy = null')
    this.addSql(`
      alter table servers
        drop constraint servers_copy_strategy_check,
        add constraint servers_copy_strategy_check check (copy_strategy in ('default', 'file_copy'))`)
  }
}
