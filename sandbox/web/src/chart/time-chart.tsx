import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { useIsDark } from '../preference/use-preference.ts'
import { useFormat } from '../text/format.ts'
import { plotOptions } from './plot-options.ts'
import 'uplot/dist/uPlot.min.css'
import './chart.css'

/** A line, or bars that stand on those after them. */
export interface TimeSeries {
  readonly label: string
  /** Custom property with its colour. */
  readonly colour: `--${string}`
  readonly kind: 'line' | 'stacked'
  readonly values: readonly (number | null)[]
}

/** What a {@link TimeChart} draws. */
export interface TimeChartProps {
  /** What it shows, for people who do not see it. */
  readonly label: string
  /** ms since 1970. */
  readonly times: readonly number[]
  readonly series: readonly TimeSeries[]
  readonly formatValue: (value: number) => string
  /** px. @default 220 */
  readonly height?: number
}

/** A chart over time. */
export function TimeChart({ label, times, series, formatValue, height = 220 }: TimeChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const tip = useRef<HTMLDivElement>(null)
  const isDark = useIsDark()
  const format = useFormat()

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the theme changes
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const linesOf = (index: number): readonly string[] => {
      const at = times[index]
      if (at === undefined) return []
      const values = series.map(({ label: name, values: all }) => {
        const value = all[index]
        return `${name}  ${value == null ? '–' : formatValue(value)}`
      })
      return [format.dateTime(at), ...values]
    }
    const options = plotOptions({ element, times, series, formatValue, height, onCursor })
    const data = [times.map((time) => time / 1_000), ...heightsOf(series)]
    const chart = new uPlot(options, data as uPlot.AlignedData, element)
    function onCursor(plot: uPlot): void {
      const { idx, left = -1 } = plot.cursor
      showTip(plot, tip.current, idx == null || left < 0 ? [] : linesOf(idx))
    }
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.destroy()
    }
  }, [times, series, formatValue, height, isDark, format])

  return (
    <div className="chart">
      <div className="chart-frame" ref={frame} role="img" aria-label={label} style={{ minHeight: height }} />
      <div className="chart-tip" ref={tip} hidden />
      <ul className="chart-legend">
        {series.map((one) => (
          <li key={one.label}>
            <span className="chart-key" style={{ background: `var(${one.colour})` }} />
            {one.label}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Bars reach as high as they and all after them together: those after are drawn over them. */
function heightsOf(series: readonly TimeSeries[]): readonly (readonly (number | null)[])[] {
  return series.map((one, index) => {
    if (one.kind === 'line') return one.values
    const above = series.slice(index).filter(({ kind }) => kind === 'stacked')
    return one.values.map((_, at) => above.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  })
}

function showTip(plot: uPlot, tip: HTMLDivElement | null, lines: readonly string[]): void {
  if (!tip) return
  tip.hidden = lines.length === 0
  tip.replaceChildren(
    ...lines.map((line) => {
      const element = document.createElement('p')
      element.textContent = line
      return element
    }),
  )
  const width = plot.over.clientWidth
  tip.style.left = `${plot.over.offsetLeft + Math.min(Math.max(plot.cursor.left ?? 0, 70), width - 70)}px`
}
