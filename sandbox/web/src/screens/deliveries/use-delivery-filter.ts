import { useCallback, useMemo } from 'react'
import { keysOf } from '../../text/keys-of.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { type AddressChanges, oneOf, useAddressState } from '../../ui/use-address-state.ts'
import type { DeliveryFilter } from './delivery-log.ts'

/** Names of filters in the address. */
const NAMES = ['state', 'reason', 'source', 'service', 'search'] as const

/** The filter that the address says; what it does not know is left out. */
export function useDeliveryFilter() {
  const words = useText(wordText)
  const [address, change] = useAddressState()
  const key = NAMES.map((name) => address.get(name) ?? '').join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the filter is made of
  const filter = useMemo((): DeliveryFilter => {
    const state = oneOf(keysOf(words.deliveryStates), address.get('state'))
    const reason = oneOf(keysOf(words.reasons), address.get('reason'))
    const source = oneOf(keysOf(words.sources), address.get('source'))
    const service = address.get('service')
    const text = address.get('search')
    return {
      ...(state && { state }),
      ...(reason && { reason }),
      ...(source && { source }),
      ...(service && { service }),
      ...(text && { text: text.slice(0, 200) }),
    }
  }, [key])
  const clear = useCallback(
    () => change(Object.fromEntries(NAMES.map((name) => [name, undefined])) satisfies AddressChanges),
    [change],
  )
  return { filter, isFiltered: Object.keys(filter).length > 0, change, clear }
}
