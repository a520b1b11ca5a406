import { PageHeader } from '../../ui/page-header.tsx'

/** How the sandbox does. */
export function OverviewScreen() {
  return <PageHeader title="Overview" />
}
