import { defineText } from '../../text/define-text.ts'
import { wordText } from '../../text/word-text.ts'

/** Words of the outbox. */
export const outboxText = defineText({
  en: {
    title: 'Outbox',
    note: 'Mails that the market would have sent. Nothing leaves this machine.',
    kinds: wordText.en.mailKinds,
    filters: 'Filters',
    search: 'Search receiver or text',
    kind: 'Kind',
    any: 'Any',
    more: 'Show more',
    empty: 'No mail yet',
    emptyHint: 'Approved and rejected applications, and changes of subscriptions, write mails.',
    columns: { subject: 'Subject', kind: 'Kind', to: 'To', at: 'Sent' },
    language: 'Language of the mail',
    languages: { ko: '한국어', en: 'English' },
  },
  ko: {
    title: '보낸 메일',
    note: '마켓이 보냈을 메일입니다. 이 컴퓨터 밖으로는 아무것도 나가지 않습니다.',
    kinds: wordText.ko.mailKinds,
    filters: '필터',
    search: '받는 사람 또는 내용 검색',
    kind: '종류',
    any: '전체',
    more: '더 보기',
    empty: '아직 메일이 없습니다',
    emptyHint: '신청을 승인하거나 반려할 때, 구독이 바뀔 때 메일이 만들어집니다.',
    columns: { subject: '제목', kind: '종류', to: '받는 사람', at: '보낸 시각' },
    language: '메일의 언어',
    languages: { ko: '한국어', en: 'English' },
  },
})
