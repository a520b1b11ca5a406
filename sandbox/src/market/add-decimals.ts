const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** The exact sum of plain decimals such as `12.50`. @throws TypeError for other text */
export function addDecimals(values: readonly string[]): string {
  const parts = values.map(partsOf)
  const scale = Math.max(0, ...parts.map(({ fraction }) => fraction.length))
  const sum = parts.reduce((total, { sign, whole, fraction }) => {
    const units = BigInt(whole + fraction.padEnd(scale, '0'))
    return sign === '-' ? total - units : total + units
  }, 0n)
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${sum < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

function partsOf(text: string) {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  if (whole === '') throw new TypeError('A decimal is digits with at most one point')
  return { sign, whole, fraction }
}
