import { z } from 'zod'
import { ServiceChange, ServiceManifest, Slug } from '../market/service-manifest.ts'
import { at } from './console-procedure.ts'

const Named = z.strictObject({ slug: Slug })

/** The services of the market. */
export const catalogueProcedures = {
  listServices: at('GET', '/market/services').query(async ({ ctx }) => ({
    services: await ctx.market.catalogue.list(),
  })),
  getService: at('GET', '/market/services/{slug}')
    .input(Named)
    .query(({ ctx, input }) => ctx.market.catalogue.get(input.slug)),
  registerService: at('POST', '/market/services')
    .input(ServiceManifest)
    .mutation(({ ctx, input }) => ctx.market.catalogue.register(input)),
  updateService: at('PUT', '/market/services/{slug}')
    .input(ServiceChange)
    .mutation(({ ctx, input }) => ctx.market.catalogue.change(input)),
  removeService: at('DELETE', '/market/services/{slug}')
    .input(Named)
    .mutation(async ({ ctx, input }) => {
      await ctx.market.catalogue.remove(input.slug)
      return { success: true }
    }),
  /** The service's OpenAPI document as JSON text, so that nothing of it is lost; null when it has none. */
  getOpenApi: at('GET', '/market/services/{slug}/openapi')
    .input(Named)
    .query(async ({ ctx, input }) => {
      const document = await ctx.market.catalogue.openApi(input.slug)
      return { document: document === null ? null : JSON.stringify(document) }
    }),
  /** Looks at one service, or at all of them. */
  checkHealth: at('POST', '/market/health')
    .input(z.strictObject({ slug: Slug.optional() }))
    .mutation(async ({ ctx, input }) => ({ services: await ctx.market.catalogue.checkHealth(input.slug) })),
  prepareKey: at('POST', '/market/services/{slug}/next-key')
    .input(z.strictObject({ slug: Slug, next_api_key: z.string().min(8).max(500).optional() }))
    .mutation(({ ctx, input }) => ctx.market.catalogue.prepareKey(input.slug, input.next_api_key)),
  activateKey: at('POST', '/market/services/{slug}/next-key/activate')
    .input(Named)
    .mutation(({ ctx, input }) => ctx.market.catalogue.activateKey(input.slug)),
  dropKey: at('DELETE', '/market/services/{slug}/next-key')
    .input(Named)
    .mutation(({ ctx, input }) => ctx.market.catalogue.dropKey(input.slug)),
}
