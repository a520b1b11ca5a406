import type { Server } from 'node:http'

type Start = () => Server | Promise<Server>

function withRoutes(count: number) {
  return async () => {
    const { manyRoutes } = await import('./many-routes.ts')
    return () => manyRoutes(count)
  }
}

/** Who is measured. Each is imported only by the process that runs it. */
export const contenders = {
  'node:http': async () => (await import('./raw-http.ts')).rawHttp,
  'node:http, same headers': async () => {
    const { rawHttp } = await import('./raw-http.ts')
    return () => rawHttp({ sameHeaders: true })
  },
  'node:http tuned': async () => (await import('./tuned-http.ts')).tunedHttp,
  'mt-paas': async () => (await import('./standard-api.ts')).standardApiOnKoa,
  'Fastify 5': async () => (await import('./fastify-schemas.ts')).fastifySchemas,
  'Fastify 5, same headers': async () => {
    const { fastifySchemas } = await import('./fastify-schemas.ts')
    return () => fastifySchemas({ sameHeaders: true })
  },
  'Hono + zod': async () => (await import('./hono-zod.ts')).honoZod,
  'Koa + router + zod': async () => (await import('./koa-router.ts')).koaRouter,
  'Express 5 + zod': async () => (await import('./express-zod.ts')).expressZod,
  'oRPC OpenAPI': async () => (await import('./orpc-openapi.ts')).orpcOpenapi,
  'trpc-openapi on Koa': async () => (await import('./trpc-openapi.ts')).trpcOpenapi,
  'tRPC standalone': async () => (await import('./trpc-standalone.ts')).trpcStandalone,
  '20 routes': withRoutes(20),
  '50 routes': withRoutes(50),
  '100 routes': withRoutes(100),
  '200 routes': withRoutes(200),
} satisfies Readonly<Record<string, () => Promise<Start>>>

export type ContenderName = keyof typeof contenders

export function isContender(name: string): name is ContenderName {
  return name in contenders
}
