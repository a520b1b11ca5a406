import { prettyJson } from '../../ui/bytes.ts'
import type { AttemptView, DeliveryView } from './delivery.ts'

/** Headers that a client makes by itself. */
const OWN = new Set(['host', 'connection', 'content-length', 'accept-encoding'])

/** A curl line that sends the same bytes. */
export function asCurl({ request }: AttemptView): string {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OWN.has(name.toLowerCase()))
    .map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`)
  return [
    `curl -i -X ${request.method} ${quoted(request.url)}`,
    ...headers,
    `  --data-binary ${quoted(request.body)}`,
  ].join(' \\\n')
}

/** Commands of the sandbox for the same. */
export function asCommands({ id }: DeliveryView, { request }: AttemptView): string {
  return [
    `npx mt-paas replay ${quoted(id)}`,
    `npx mt-paas show ${quoted(id)} --json`,
    `npx mt-paas custom ${quoted(request.url)} --body ${quoted(request.body)}`,
  ].join('\n')
}

/** A test that sends such a webhook. */
export function asTest({ source, shape }: DeliveryView, { request }: AttemptView): string {
  const { origin } = new URL(request.url)
  const open = `import { createSandbox } from '@mt-paas/sandbox'
import { expect, it } from 'vitest'

it('provisions a tenant', async () => {
  const sandbox = await createSandbox({ target: ${JSON.stringify(origin)} })
`
  const close = `  await sandbox.close()
})
`
  if (source === 'custom') {
    const payload = (prettyJson(request.body) ?? JSON.stringify(request.body)).replaceAll('\n', '\n  ')
    return `${open}  const { id } = await sandbox.engine.deliveries.custom({
    webhook_url: ${JSON.stringify(request.url)},
    payload: ${payload},
  })
  await sandbox.engine.idle()
  const { delivery } = await sandbox.engine.deliveries.get(id)
  expect(delivery.state).toBe('delivered')
${close}`
  }
  return `${open}  const { ok, steps } = await sandbox.trigger('demo', { shape: ${JSON.stringify(shape)} })
  expect(ok).toBe(true)
  expect(steps[0]?.application.tenantId).toEqual(expect.any(String))
${close}`
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
