import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { hasStatus, isNoFailure } from '../expect/expectation.ts'

interface BodyCase {
  readonly id: string
  readonly level?: 'SHOULD'
  readonly title: readonly [string, string]
}

/** A right activation, written down in another way. */
function written(
  check: BodyCase,
  write: (json: string) => { rawBody: string | Uint8Array<ArrayBuffer>; contentType?: string | null },
): CheckDraft {
  return {
    ...check,
    async run(ctx) {
      const body = ctx.activation(ctx.newTenantId())
      return [hasStatus(await ctx.call('activateTenant', body, write(JSON.stringify(body))), 200)]
    },
  }
}

function refusedBody(
  check: BodyCase & { readonly status: number },
  rawBody: string | Uint8Array<ArrayBuffer>,
): CheckDraft {
  const { status, ...draft } = check
  return {
    ...draft,
    run: async (ctx) =>
      isError(await ctx.call('activateTenant', { tenant_id: ctx.newTenantId() }, { rawBody }), status),
  }
}

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))
}

/** Checks on bodies. */
export const bodyChecks = defineArea('body', { rule: 'body', needs: ['standard'] }, [
  written(
    { id: 'body-charset', title: ['charset이 붙은 JSON을 읽습니다', 'Reads JSON with a charset'] },
    (rawBody) => ({ rawBody, contentType: 'application/json; charset=utf-8' }),
  ),
  written(
    { id: 'body-upper-case', title: ['대문자로 쓴 형식도 읽습니다', 'Reads a content type in capitals'] },
    (rawBody) => ({ rawBody, contentType: 'APPLICATION/JSON' }),
  ),
  written(
    { id: 'body-suffix', title: ['+json으로 끝나는 형식도 읽습니다', 'Reads content types that end in +json'] },
    (rawBody) => ({ rawBody, contentType: 'application/vnd.market.v2+json' }),
  ),
  written(
    { id: 'body-no-type', title: ['형식 표시가 없어도 읽습니다', 'Reads JSON without a content type'] },
    (rawBody) => ({ rawBody, contentType: null }),
  ),
  written(
    { id: 'body-byte-order-mark', level: 'SHOULD', title: ['BOM이 있는 UTF-8도 읽습니다', 'Reads UTF-8 with a mark'] },
    (json) => ({ rawBody: `\uFEFF${json}` }),
  ),
  written({ id: 'body-utf16', level: 'SHOULD', title: ['UTF-16도 읽습니다', 'Reads UTF-16'] }, (json) => ({
    rawBody: utf16(json),
  })),
  written({ id: 'body-escapes', title: ['\\u로 쓴 한글도 읽습니다', 'Reads Korean in \\u escapes'] }, (json) => ({
    rawBody: escaped(json),
  })),
  {
    id: 'body-text-plain',
    title: ['text/plain은 422입니다', 'Is 422 for text/plain'],
    async run(ctx) {
      const body = ctx.activation(ctx.newTenantId())
      return isError(await ctx.call('activateTenant', body, { contentType: 'text/plain' }), 422)
    },
  },
  {
    id: 'body-form',
    title: ['폼 형식은 422입니다', 'Is 422 for a form'],
    async run(ctx) {
      const body = ctx.activation(ctx.newTenantId())
      const contentType = 'application/x-www-form-urlencoded'
      return isError(await ctx.call('activateTenant', body, { contentType, rawBody: 'tenant_id=x&plan=y' }), 422)
    },
  },
  refusedBody(
    {
      id: 'body-malformed',
      status: 422,
      title: ['JSON이 아닌 본문은 422입니다', 'Is 422 for a body that is not JSON'],
    },
    '{"tenant_id": ',
  ),
  refusedBody({ id: 'body-empty', status: 422, title: ['빈 본문은 422입니다', 'Is 422 for an empty body'] }, ''),
  refusedBody({ id: 'body-null', status: 422, title: ['본문 null은 422입니다', 'Is 422 for a body of null'] }, 'null'),
  refusedBody(
    { id: 'body-list', status: 422, title: ['목록은 422입니다', 'Is 422 for a list'] },
    '[{"tenant_id":"x"}]',
  ),
  refusedBody({ id: 'body-text', status: 422, title: ['글자는 422입니다', 'Is 422 for text'] }, '"hello"'),
  refusedBody(
    {
      id: 'body-undecodable',
      status: 400,
      title: ['UTF-8이 아닌 바이트는 400입니다', 'Is 400 for bytes that are no text'],
    },
    new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  ),
  {
    id: 'body-deep',
    level: 'SHOULD',
    title: ['깊이 겹친 본문에 5xx로 답하지 않습니다', 'Is not upset by a deeply nested body'],
    async run(ctx) {
      const rawBody = `${'['.repeat(40_000)}${']'.repeat(40_000)}`
      return [isNoFailure(await ctx.call('activateTenant', { tenant_id: ctx.newTenantId() }, { rawBody }))]
    },
  },
  {
    id: 'body-large',
    level: 'SHOULD',
    title: ['큰 본문에 5xx로 답하지 않습니다', 'Is not upset by a large body'],
    async run(ctx) {
      const body = { ...ctx.activation(ctx.newTenantId()), config: { filler: 'x'.repeat(3_000_000) } }
      return [isNoFailure(await ctx.call('activateTenant', body))]
    },
  },
  {
    id: 'body-prototype',
    title: ['__proto__가 든 본문에 5xx로 답하지 않습니다', 'Is not upset by a member __proto__'],
    async run(ctx) {
      const activation = ctx.activation(ctx.newTenantId())
      const body = JSON.stringify(activation)
      const rawBody = `${body.slice(0, -1)},"__proto__":{"admin":true},"constructor":{"prototype":{}}}`
      return [isNoFailure(await ctx.call('activateTenant', { tenant_id: activation.tenant_id }, { rawBody }))]
    },
  },
])

function escaped(json: string): string {
  return json.replaceAll(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
