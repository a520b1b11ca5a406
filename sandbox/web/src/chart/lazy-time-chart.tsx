import { lazy, Suspense } from 'react'
import { LoadingState } from '../ui/loaded.tsx'
import { mendBrowserLocale } from './mend-browser-locale.ts'
import type { TimeChartProps } from './time-chart.tsx'

const Chart = lazy(async () => {
  mendBrowserLocale()
  return { default: (await import('./time-chart.tsx')).TimeChart }
})

/** A chart over time; its library is loaded when the first one is shown. */
export function LazyTimeChart(props: TimeChartProps) {
  return (
    <Suspense fallback={<LoadingState height={props.height ?? 220} />}>
      <Chart {...props} />
    </Suspense>
  )
}
