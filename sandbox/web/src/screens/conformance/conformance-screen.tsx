import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useAddressState } from '../../ui/use-address-state.ts'
import { CheckMatrix } from './check-matrix.tsx'
import { conformanceText } from './conformance-text.ts'
import { RunHistory } from './run-history.tsx'
import { StartDialog } from './start-dialog.tsx'
import './conformance.css'

const RUNS = 200

/** How well services keep the contract. */
export function ConformanceScreen() {
  const text = useText(conformanceText)
  const { market, conformance } = useApi()
  const [address, change] = useAddressState()
  const services = useQuery(market.listServices.query())
  const runs = useQuery(conformance.listRuns.query({ limit: RUNS }))
  const wanted = address.get('service') ?? undefined
  const start = (
    <Button kind="primary" icon="play" onClick={() => change({ start: 'yes' })}>
      {text.start}
    </Button>
  )
  return (
    <>
      <PageHeader title={text.title} note={text.note} actions={start} />
      <Loaded query={services} height={480}>
        {({ services: all }) =>
          all.length === 0 ? (
            <EmptyState
              icon="services"
              title={text.noServiceTitle}
              hint={text.noServiceHint}
              action={<ButtonLink to="/services">{text.toServices}</ButtonLink>}
            />
          ) : (
            <Loaded query={runs} height={480}>
              {({ runs: known }) =>
                known.length === 0 ? (
                  <EmptyState icon="conformance" title={text.noRunTitle} hint={text.noRunHint} action={start} />
                ) : (
                  <div className="stack">
                    <CheckMatrix services={all} runs={known} />
                    <RunHistory services={all} runs={known} />
                  </div>
                )
              }
            </Loaded>
          )
        }
      </Loaded>
      {address.get('start') !== null && services.data && services.data.services.length > 0 && (
        <StartDialog
          services={services.data.services}
          runs={runs.data?.runs ?? []}
          service={wanted}
          onClose={() => change({ start: undefined })}
        />
      )}
    </>
  )
}
