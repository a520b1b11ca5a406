import { Migration } from '@mikro-orm/migrations'

/** A change of its subscription is a change of the tenant. */
export class NotifySubscriptions extends Migration {
  override up(): void {
    this.addSql(`
      create trigger subscriptions_notify after insert or update or delete on subscriptions
      for each row execute function mt_paas_notify_tenant('tenant_id')`)
  }

  override down(): void {
    this.addSql('drop trigger subscriptions_notify on subscriptions')
  }
}
