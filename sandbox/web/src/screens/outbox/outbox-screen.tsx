import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { keysOf } from '../../text/keys-of.ts'
import { languages } from '../../text/language.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterSelect, SearchInput, Segmented } from '../../ui/field.tsx'
import { ErrorState, LoadingState } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import { outboxText } from './outbox-text.ts'
import './outbox.css'

type Mail = Outputs['market']['listMails']['mails'][number]

const PAGE = 50

/** Mails that the market would have sent. */
export function OutboxScreen() {
  const text = useText(outboxText)
  const format = useFormat()
  const api = useApi()
  const language = usePreference('language')
  const [address, change] = useAddressState()
  const [open, setOpen] = useState<Mail>()
  const kind = oneOf(keysOf(text.kinds), address.get('kind'))
  const given = address.get('search') ?? ''
  const search = useDelayed(given, (value) => change({ search: value }))
  const filter = { ...(kind && { kind }), ...(given && { text: given }), limit: PAGE }
  const list = useInfiniteQuery({
    queryKey: [...api.market.listMails.key(), filter],
    queryFn: ({ pageParam }) => api.market.listMails.fetch({ ...filter, ...(pageParam > 0 && { before: pageParam }) }),
    initialPageParam: 0,
    getNextPageParam: ({ mails }) => (mails.length < PAGE ? undefined : mails.at(-1)?.id),
  })
  const rows = list.data?.pages.flatMap(({ mails }) => mails) ?? []
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <search className="filters" aria-label={text.filters}>
        <SearchInput label={text.search} value={search.value} onSearch={search.set} />
        <FilterSelect
          label={text.kind}
          value={kind ?? ''}
          choices={[
            { value: '', label: text.any },
            ...keysOf(text.kinds).map((value) => ({ value, label: text.kinds[value] })),
          ]}
          onChoose={(value) => change({ kind: value })}
        />
      </search>
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <LoadingState height={320} />}
      {list.isSuccess && rows.length === 0 && (
        <div className="panel">
          <EmptyState icon="outbox" title={text.empty} hint={text.emptyHint} />
        </div>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <DataTable
            caption={text.title}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              {
                key: 'subject',
                head: text.columns.subject,
                cell: (mail) => (
                  <button type="button" className="mail-subject" onClick={() => setOpen(mail)}>
                    {mail.content[language].subject}
                  </button>
                ),
              },
              { key: 'kind', head: text.columns.kind, priority: 1, cell: (mail) => text.kinds[mail.kind] },
              { key: 'to', head: text.columns.to, priority: 1, cell: ({ to }) => to },
              {
                key: 'at',
                head: text.columns.at,
                align: 'end',
                cell: ({ at }) => <time dateTime={at}>{format.dateTime(at)}</time>,
              },
            ]}
          />
          {list.hasNextPage && (
            <p className="table-more">
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {text.more}
              </Button>
            </p>
          )}
        </div>
      )}
      <MailDialog mail={open} onClose={() => setOpen(undefined)} />
    </>
  )
}

function MailDialog({ mail, onClose }: { readonly mail: Mail | undefined; readonly onClose: () => void }) {
  const text = useText(outboxText)
  const [language, setLanguage] = useState(usePreference('language'))
  const choices = languages.map((value) => ({ value, label: text.languages[value] }))
  return (
    <Dialog title={mail?.content[language].subject ?? ''} isOpen={mail !== undefined} onClose={onClose}>
      {mail && (
        <div className="stack">
          <Segmented label={text.language} value={language} choices={choices} onChoose={setLanguage} />
          <p className="muted">
            {text.columns.to}: {mail.to}
          </p>
          <p className="mail-text" lang={language}>
            {mail.content[language].text}
          </p>
        </div>
      )}
    </Dialog>
  )
}
