import { useEffect, useState, useSyncExternalStore } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useLive } from '../../live/live-events.tsx'
import { type DeliveryFilter, type DeliveryLogStore, type DeliveryLogView, openDeliveryLog } from './delivery-log.ts'

const NOTHING: DeliveryLogView = { rows: [], total: null, isLoading: true, error: null }

/** Events after which deliveries are gone that nobody names. */
const FORGETTING = new Set(['delivery.forgotten', 'sandbox.reset'])

/** The log that a filter lets through, live. The filter is the same object for as long as it says the same. */
export function useDeliveryLog(filter: DeliveryFilter): DeliveryLogView & Pick<DeliveryLogStore, 'loadMore'> {
  const api = useApi()
  const { listen } = useLive()
  const [store, setStore] = useState<DeliveryLogStore>()
  const [forgotten, setForgotten] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was forgotten is not in a log that is opened anew
  useEffect(() => {
    const opened = openDeliveryLog(api, filter)
    setStore(opened)
    const stop = listen(({ type, delivery_id: id }) => {
      if (id !== null) opened.touch(id)
      if (FORGETTING.has(type)) setForgotten((before) => before + 1)
    })
    return () => {
      stop()
      opened.close()
    }
  }, [api, filter, listen, forgotten])

  const view = useSyncExternalStore(store?.subscribe ?? never, store?.get ?? nothing)
  return { ...view, loadMore: store?.loadMore ?? noop }
}

function never(): () => void {
  return noop
}

function nothing(): DeliveryLogView {
  return NOTHING
}

function noop(): void {}
