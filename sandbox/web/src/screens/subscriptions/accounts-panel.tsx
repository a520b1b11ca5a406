import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { TablePanel } from '../../ui/table-panel.tsx'
import { useToldMutation } from '../../ui/use-told-mutation.ts'
import { accountsText } from './accounts-text.ts'
import { tenantPath } from './tenant-path.ts'

type Account = Outputs['market']['listAccounts']['accounts'][number]

/** Who may look at the own tenants, and what to do when a password is lost. */
export function AccountsPanel() {
  const text = useText(accountsText)
  const format = useFormat()
  const { market } = useApi()
  const accounts = useQuery(market.listAccounts.query())
  const [asked, setAsked] = useState<Account>()
  const reset = useToldMutation(market.resetPassword.mutation(), {
    done: () => text.done,
    failed: text.failed,
    after: () => setAsked(undefined),
  })
  return (
    <Loaded query={accounts}>
      {({ accounts: rows }) => (
        <>
          <TablePanel
            title={text.title}
            note={text.note}
            file="accounts"
            rows={rows}
            keyOf={({ id }) => id}
            empty={<EmptyState icon="user" title={text.empty} hint={text.emptyHint} />}
            columns={[
              {
                key: 'name',
                head: text.columns.name,
                value: ({ name }) => name,
                cell: ({ name, email, must_change_password }) => (
                  <div>
                    <span>
                      {name} {must_change_password && <Badge tone="warn">{text.invited}</Badge>}
                    </span>
                    <br />
                    <span className="muted">{email}</span>
                  </div>
                ),
              },
              {
                key: 'university',
                head: text.columns.university,
                priority: 1,
                value: ({ university }) => university,
                cell: ({ university }) => university,
              },
              {
                key: 'tenants',
                head: text.columns.tenants,
                priority: 1,
                value: ({ tenants }) => tenants.map(({ tenant_id }) => tenant_id).join(' '),
                cell: ({ tenants }) => (
                  <span className="row">
                    {tenants.map((tenant) => (
                      <Link key={tenant.subscription_id} className="mono" href={tenantPath(tenant)}>
                        {tenant.tenant_id}
                      </Link>
                    ))}
                  </span>
                ),
              },
              {
                key: 'login',
                head: text.columns.login,
                align: 'end',
                priority: 2,
                value: ({ last_login_at: at }) => at,
                cell: ({ last_login_at: at }) => (at === null ? text.never : format.dateTime(at)),
              },
              {
                key: 'actions',
                head: text.columns.actions,
                align: 'end',
                cell: (account) => (
                  <Button
                    size="s"
                    icon="key"
                    aria-label={text.resetOf(account.email)}
                    onClick={() => setAsked(account)}
                  >
                    {text.reset}
                  </Button>
                ),
              },
            ]}
          />
          <ConfirmDialog
            title={asked ? text.resetOf(asked.email) : ''}
            confirm={text.reset}
            isOpen={asked !== undefined}
            isBusy={reset.isPending}
            onClose={() => setAsked(undefined)}
            onConfirm={() => asked && reset.mutate({ id: asked.id })}
          >
            {text.question}
          </ConfirmDialog>
        </>
      )}
    </Loaded>
  )
}
