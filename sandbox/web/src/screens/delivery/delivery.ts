import type { Outputs } from '../../api/router.ts'

/** A delivery with its attempts, as the server gives it. */
export type DeliveryView = Outputs['simulator']['getDelivery']

/** One attempt. */
export type AttemptView = DeliveryView['attempts_made'][number]

/** The application that a delivery is about, with everything that belongs to it. */
export type ApplicationDetail = Outputs['simulator']['getApplication']

/** A delivery and the application that it is about, once that is loaded. */
export interface Delivery {
  readonly delivery: DeliveryView
  readonly application: ApplicationDetail | undefined
}
