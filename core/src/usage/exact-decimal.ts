import { Decimal } from 'decimal.js'

/** Decimals that are exact for every quantity, rate and sum of them here: the precision is never reached. */
export const ExactDecimal = Decimal.clone({ precision: 400 })

/** A decimal as text, without an exponent; arithmetic goes through {@link ExactDecimal} or SQL, never through numbers. */
export type DecimalText = string

const FORM = /^\d{1,26}(?:\.\d{1,12})?$/

/** Whether a text is a quantity or a price: at most 26 digits, and 12 after the point. */
export function isDecimalText(text: string): boolean {
  return FORM.test(text)
}

/**
 * The text of a quantity, shortest form; undefined when it is none. A number is taken for the decimal that it prints
 * as, so `0.1 + 0.2`, which prints 17 digits, is refused.
 */
export function decimalText(value: string | number): DecimalText | undefined {
  const text = typeof value === 'number' ? numberText(value) : value
  return isDecimalText(text) ? new ExactDecimal(text).toFixed() : undefined
}

/** For the wire, where numbers are asked for. */
export function wireNumber(value: DecimalText | Decimal): number {
  return Number(value.toString())
}

function numberText(value: number): string {
  return Number.isFinite(value) ? new ExactDecimal(value === 0 ? 0 : value).toFixed() : ''
}
