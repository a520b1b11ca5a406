import { useText } from '../text/use-text.ts'
import { ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { stateText } from '../ui/state-text.ts'

/** Says that nothing is at an address. */
export function NotFoundScreen() {
  const text = useText(stateText)
  return (
    <>
      <PageHeader title={text.unknown} />
      <EmptyState
        icon="search"
        title={text.unknown}
        hint={text.unknownHint}
        action={<ButtonLink to="/">{text.home}</ButtonLink>}
      />
    </>
  )
}
