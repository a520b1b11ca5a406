import uPlot from 'uplot'
import { resolvedColour } from './resolved-colour.ts'
import type { TimeChartProps } from './time-chart.tsx'

/** What {@link plotOptions} makes options of. */
export interface PlotOptionsInput
  extends Pick<Required<TimeChartProps>, 'times' | 'series' | 'formatValue' | 'height'> {
  readonly element: HTMLElement
  readonly onCursor: (plot: uPlot) => void
}

/** Spans longer than this are labelled with days, ms. */
const LONG = 100_000_000

/** How uPlot draws a chart in the page's look. */
export function plotOptions({
  element,
  times,
  series,
  formatValue,
  height,
  onCursor,
}: PlotOptionsInput): uPlot.Options {
  const colour = (name: string) => resolvedColour(element, name)
  const isLong = (times.at(-1) ?? 0) - (times[0] ?? 0) > LONG
  const axis: uPlot.Axis = {
    stroke: colour('--text-muted'),
    font: `11px ${getComputedStyle(element).fontFamily}`,
    ticks: { show: false },
  }
  return {
    width: element.clientWidth,
    height,
    padding: [12, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.1 : 1] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_plot, splits) => splits.map((at) => shortTime(at * 1_000, isLong)),
        space: 72,
        size: 30,
      },
      {
        ...axis,
        grid: { stroke: colour('--chart-grid'), width: 1 },
        values: (_plot, splits) => splits.map(formatValue),
        size: 64,
      },
    ],
    series: [{}, ...series.map((one) => plotSeries(one.kind, colour(one.colour)))],
    hooks: { setCursor: [onCursor] },
  }
}

function plotSeries(kind: 'line' | 'stacked', stroke: string): uPlot.Series {
  // A value with nothing on either side makes no line, so each has its point.
  if (kind === 'line') return { stroke, width: 2, points: { show: true, size: 5, fill: stroke } }
  const paths = uPlot.paths.bars?.({ size: [0.72, 24], radius: 0.2 })
  return { stroke, fill: stroke, width: 0, points: { show: false }, ...(paths && { paths }) }
}

function shortTime(at: number, isLong: boolean): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  if (isLong) return `${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}
