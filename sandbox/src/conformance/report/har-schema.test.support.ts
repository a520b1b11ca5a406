const text = { type: 'string' } as const
const number = { type: 'number' } as const
const integer = { type: 'integer' } as const

function object(required: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'object',
    properties: { ...required, ...optional, comment: text },
    required: Object.keys(required),
    additionalProperties: false,
  }
}

const list = (items: unknown) => ({ type: 'array', items })
const pairs = list(object({ name: text, value: text }))
const cookies = list(
  object({ name: text, value: text }, { path: text, domain: text, expires: text, httpOnly: {}, secure: {} }),
)
/** -1 where a phase does not apply. */
const phase = { type: 'number', minimum: -1 } as const

const request = object(
  {
    ...{ method: text, url: { ...text, pattern: '^https?://' }, httpVersion: text, cookies, headers: pairs },
    ...{ queryString: pairs, headersSize: integer, bodySize: integer },
  },
  { postData: object({ mimeType: text }, { params: list(object({ name: text }, { value: text })), text }) },
)
const response = object({
  ...{ status: integer, statusText: text, httpVersion: text, cookies, headers: pairs, redirectURL: text },
  ...{ headersSize: integer, bodySize: integer },
  content: object({ size: integer, mimeType: text }, { compression: integer, text, encoding: text }),
})

/** HAR 1.2 as its specification has it, in JSON Schema; members beside it would begin with an underscore. */
export const harSchema = object({
  log: object(
    {
      version: { const: '1.2' },
      creator: object({ name: text, version: text }),
      entries: list(
        object(
          {
            startedDateTime: { ...text, format: 'date-time' },
            time: { ...number, minimum: 0 },
            ...{ request, response, cache: object({}, { beforeRequest: {}, afterRequest: {} }) },
            timings: object(
              { send: phase, wait: phase, receive: phase },
              { blocked: phase, dns: phase, connect: phase, ssl: phase },
            ),
          },
          { pageref: text, serverIPAddress: text, connection: text },
        ),
      ),
    },
    { browser: {}, pages: list({}) },
  ),
})
