import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import { defineText } from '../../text/define-text.ts'
import { useText } from '../../text/use-text.ts'
import { DiffTable } from '../../ui/diff-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useAddressState } from '../../ui/use-address-state.ts'

/** Words of the comparison. */
export const compareText = defineText({
  en: {
    title: 'Compare deliveries',
    note: 'The last attempt of each, with everything but the times',
    place: 'Place',
    left: 'Left',
    right: 'Right',
    same: 'Nothing differs',
    choose: 'Choose two deliveries in the list',
    list: 'Deliveries',
  },
  ko: {
    title: '전송 비교',
    note: '각 전송의 마지막 시도를 시각만 빼고 모두 비교합니다',
    place: '위치',
    left: '왼쪽',
    right: '오른쪽',
    same: '다른 점이 없습니다',
    choose: '목록에서 전송을 두 개 고르세요',
    list: '전송 목록',
  },
})

/** How two deliveries differ. */
export function CompareScreen() {
  const text = useText(compareText)
  const [address] = useAddressState()
  const left = address.get('left') ?? ''
  const right = address.get('right') ?? ''
  const isAsked = left !== '' && right !== ''
  const diff = useQuery({ ...useApi().simulator.diff.query({ left, right }), enabled: isAsked })
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      {isAsked ? (
        <Panel
          title={
            <span className="row">
              <Link href={`/deliveries/${encodeURIComponent(left)}`}>{left}</Link>
              <span aria-hidden="true">↔</span>
              <Link href={`/deliveries/${encodeURIComponent(right)}`}>{right}</Link>
            </span>
          }
          flush
        >
          <Loaded query={diff}>
            {({ differences }) =>
              differences.length === 0 ? (
                <EmptyState icon="check" title={text.same} />
              ) : (
                <DiffTable caption={text.title} heads={text} differences={differences} />
              )
            }
          </Loaded>
        </Panel>
      ) : (
        <EmptyState icon="compare" title={text.choose} action={<Link href="/deliveries">{text.list}</Link>} />
      )}
    </>
  )
}
