import { usePreference } from '../preference/use-preference.ts'
import type { Language } from './language.ts'

const LOCALES: Readonly<Record<Language, string>> = { ko: 'ko-KR', en: 'en-GB' }
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** Numbers, dates and times as the reader's language writes them. */
export interface Format {
  readonly number: (value: number) => string
  /** All digits after the point that matter. */
  readonly exact: (value: number) => string
  /** At most one digit after the point. */
  readonly percent: (share: number) => string
  /** Milliseconds, as `12 ms`, `1.2 s`, `3 min 4 s`. */
  readonly duration: (ms: number) => string
  readonly bytes: (count: number) => string
  readonly money: (amount: number, currency: string) => string
  /** US dollars with the fractions of a cent that language models cost. */
  readonly cost: (usd: number) => string
  /** A month, as `2026-01` on the wire. */
  readonly month: (period: string) => string
  readonly time: (at: string | number | Date) => string
  readonly dateTime: (at: string | number | Date) => string
  readonly date: (at: string | number | Date) => string
  /** How long ago or ahead, as `3 minutes ago`. */
  readonly relative: (at: string | number | Date, now: number) => string
}

/** Makes the formats of a language. */
export function createFormat(language: Language): Format {
  const locale = LOCALES[language]
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const unit = (name: string, digits = 0) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits })
  const count = new Intl.NumberFormat(locale, { style: 'unit', unit: 'byte', unitDisplay: 'long' })
  const units = {
    ms: unit('millisecond', 1),
    s: unit('second', 2),
    min: unit('minute'),
    h: unit('hour'),
    d: unit('day'),
  }
  const bytes = { byte: count, kilobyte: unit('kilobyte', 1), megabyte: unit('megabyte', 1) }
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const
  const time = new Intl.DateTimeFormat(locale, clock)
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const dateTime = new Intl.DateTimeFormat(locale, { ...day, ...clock })
  const date = new Intl.DateTimeFormat(locale, day)
  const cost = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 })
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

  function duration(ms: number): string {
    if (ms < 1_000) return units.ms.format(ms < 10 ? ms : Math.round(ms))
    const seconds = ms / 1_000
    if (seconds < 60) return units.s.format(seconds)
    const whole = Math.round(seconds)
    const parts = [
      [Math.floor(whole / 86_400), units.d],
      [Math.floor(whole / 3_600) % 24, units.h],
      [Math.floor(whole / 60) % 60, units.min],
      [whole % 60, units.s],
    ] as const
    const first = parts.findIndex(([count]) => count > 0)
    return parts
      .slice(first, first + 2)
      .filter(([count]) => count > 0)
      .map(([count, format]) => format.format(count))
      .join(' ')
  }

  return {
    number: (value) => number.format(value),
    exact: (value) => exact.format(value),
    percent: (share) => percent.format(share),
    duration,
    bytes(count) {
      if (count < 1_000) return bytes.byte.format(count)
      return count < 1_000_000 ? bytes.kilobyte.format(count / 1_000) : bytes.megabyte.format(count / 1_000_000)
    },
    money: (amount, currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount),
    cost: (usd) => cost.format(usd),
    month: (period) => month.format(new Date(`${period}-01T00:00:00Z`)),
    time: (at) => time.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    relative(at, now) {
      const distance = new Date(at).getTime() - now
      const [name, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? (['second', 1_000] as const)
      return relative.format(Math.round(distance / size), name)
    },
  }
}

const formats: Readonly<Record<Language, Format>> = { ko: createFormat('ko'), en: createFormat('en') }

/** The formats of the reader's language. */
export function useFormat(): Format {
  return formats[usePreference('language')]
}
