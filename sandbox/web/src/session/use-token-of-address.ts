import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useApi } from '../api/page-api.ts'

/** Exchanges the one-time token in the address, if there is one, for a session; and takes it out of the address. */
export function useTokenOfAddress() {
  const api = useApi()
  const queryClient = useQueryClient()
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'))
  const isUsed = useRef(false)
  const exchange = useMutation({
    ...api.session.exchangeToken.mutation(),
    onSuccess: (me) => queryClient.setQueryData(api.session.me.query().queryKey, me),
  })
  const { mutate } = exchange
  useEffect(() => {
    if (token === null || isUsed.current) return
    isUsed.current = true
    history.replaceState(null, '', location.pathname + location.search)
    mutate({ token })
  }, [token, mutate])
  return { isExchanging: token !== null && !exchange.isSuccess && !exchange.isError, isRefused: exchange.isError }
}
