import { type Query, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { eventView } from '../../../src/simulator/views.ts'
import { usePageApi } from '../api/page-api.ts'
import { queriesOf } from './queries-of-event.ts'
import { throttled } from './throttled.ts'

/** Something that happened on the server. */
export type LiveEvent = Readonly<Pick<ReturnType<typeof eventView>, 'type' | 'delivery_id' | 'application_id'>>

/** Whether events come in. */
export type LiveState = 'connecting' | 'live' | 'offline'

interface Live {
  readonly state: LiveState
  /** Gives the function that ends it. */
  readonly listen: (listener: (event: LiveEvent) => void) => () => void
}

const LiveContext = createContext<Live | null>(null)
/** Queries are asked anew at most this often, ms. */
const PACE = 400

interface LiveProviderProps {
  readonly children: ReactNode
  /** Id of the last event before anything was asked for. */
  readonly lastEventId: string | null
}

/** Holds the one subscription of this tab, and asks queries anew when something happened that they show. */
export function LiveProvider({ children, lastEventId }: LiveProviderProps) {
  const { client } = usePageApi()
  const [from] = useState(lastEventId)
  const queryClient = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const listeners = useRef(new Set<(event: LiveEvent) => void>())

  useEffect(() => {
    const stale = new Set<string>()
    const refresh = throttled(PACE, () => {
      for (const path of stale) void queryClient.invalidateQueries({ queryKey: path.split('.') })
      stale.clear()
    })
    const subscription = client.events.subscribe(from === null ? undefined : { lastEventId: from }, {
      onData({ data }) {
        setState('live')
        for (const path of queriesOf(data.type)) stale.add(path)
        refresh.run()
        for (const listener of listeners.current) listener(data)
      },
      onConnectionStateChange({ state: connection, error }) {
        setState(connection === 'pending' ? 'live' : error ? 'offline' : 'connecting')
        // What could not be asked for while there was no connection is asked for now.
        if (connection === 'pending') void queryClient.invalidateQueries({ predicate: isBroken })
      },
      onError: () => setState('offline'),
    })
    return () => {
      subscription.unsubscribe()
      refresh.cancel()
    }
  }, [client, queryClient, from])

  const listen = useCallback((listener: (event: LiveEvent) => void) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  }, [])
  const live = useMemo<Live>(() => ({ state, listen }), [state, listen])
  return <LiveContext value={live}>{children}</LiveContext>
}

function isBroken({ state }: Query): boolean {
  return state.status === 'error'
}

/** The live connection of this tab. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('No live connection around this component')
  return live
}
