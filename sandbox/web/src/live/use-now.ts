import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useApi } from '../api/page-api.ts'

/** The sandbox's time, ms since 1970; it goes on every second. */
export function useNow(): number {
  const { data } = useQuery(useApi().simulator.getClock.query())
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now + (data?.offset_ms ?? 0)
}
