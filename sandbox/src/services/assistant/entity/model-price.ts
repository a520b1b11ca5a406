import { defineEntity, p } from '@mt-paas/core'

/** What a language model costs, US dollars for a million tokens, as exact decimals. */
export const modelPrice = defineEntity({
  name: 'ModelPrice',
  tableName: 'model_prices',
  properties: {
    model: p.text().primary(),
    inputPrice: p.decimal(),
    outputPrice: p.decimal(),
  },
})
