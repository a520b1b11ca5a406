import { useState } from 'react'
import { useApi } from '../../api/page-api.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { saveFile } from '../../ui/save-file.ts'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { deliveriesText } from './deliveries-text.ts'
import type { DeliveryFilter } from './delivery-log.ts'

const formats = ['csv', 'json'] as const

/** Takes what the filter lets through away as a file. */
export function ExportButtons({ filter }: { readonly filter: DeliveryFilter }) {
  const text = useText(deliveriesText)
  const states = useText(stateText)
  const toast = useToast()
  const api = useApi()
  const [busy, setBusy] = useState<(typeof formats)[number]>()
  async function save(format: (typeof formats)[number]): Promise<void> {
    setBusy(format)
    try {
      const { name, content, type } = await api.market.exportDeliveries.fetch({ ...filter, format })
      saveFile(name, content, type)
    } catch (error) {
      toast({ tone: 'bad', title: text.exportFailed, detail: errorMessage(error, states.offline) })
    } finally {
      setBusy(undefined)
    }
  }
  return formats.map((format) => (
    <Button key={format} icon="download" busy={busy === format} onClick={() => void save(format)}>
      <span className="visually-hidden">{text.export} </span>
      {text[format]}
    </Button>
  ))
}
