import { applicationReport, type ShownApplication } from './application-report.ts'
import { deliveryReport, type ShownDelivery } from './delivery-report.ts'
import { withSimulator } from './with-simulator.ts'

/** Shows all of an application, by its number, or of a delivery, by its id. */
export const showCommand = withSimulator(async ({ client, line, print }) => {
  const [id = ''] = line.arguments
  if (/^\d+$/.test(id)) {
    const application = await client.get<ShownApplication>(`/applications/${id}`)
    print(application, () => applicationReport(application, line.text))
    return 0
  }
  const delivery = await client.get<ShownDelivery>(`/deliveries/${encodeURIComponent(id)}`)
  print(delivery, () => deliveryReport(delivery, line.text))
  return 0
})
