import { localised } from '../../conformance/localised.ts'
import type { OptionSpec, RunnableSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'
import { bodyOption } from './simulator-options.ts'

const signature = () => import('../simulator/signature-commands.ts')

const SECRET: OptionSpec = {
  name: 'secret',
  value: values.secret,
  needed: true,
  about: localised('whsec_… 또는 텍스트 (필수)', 'whsec_… or text (required)'),
}
const STDIN = localised('본문은 표준 입력에서 읽습니다.', 'The body is read from standard input.')

/** `mt-paas sign` and `mt-paas verify-signature`. */
export const signatureSpecs: readonly RunnableSpec[] = [
  {
    name: 'sign',
    about: localised('Standard Webhooks 서명 헤더를 출력합니다', 'prints the headers of a Standard Webhooks signature'),
    more: STDIN,
    options: [
      SECRET,
      {
        name: 'id',
        value: values.id,
        about: localised('webhook-id (기본값은 새 ID)', 'webhook-id (default a new one)'),
      },
      {
        name: 'timestamp',
        value: values.seconds,
        about: localised('1970년부터 센 초 (기본값은 현재 시각)', 'seconds since 1970 (default now)'),
      },
      bodyOption,
    ],
    load: async () => (await signature()).signCommand,
  },
  {
    name: 'verify-signature',
    about: localised(
      'Standard Webhooks 서명을 확인합니다. 맞지 않으면 1로 끝납니다',
      'checks a Standard Webhooks signature; ends with 1 when it does not hold',
    ),
    more: STDIN,
    options: [
      SECRET,
      { name: 'id', value: values.id, needed: true, about: localised('webhook-id (필수)', 'webhook-id (required)') },
      {
        name: 'timestamp',
        value: values.seconds,
        needed: true,
        about: localised('webhook-timestamp (필수)', 'webhook-timestamp (required)'),
      },
      {
        name: 'signature',
        value: values.text,
        needed: true,
        about: localised('webhook-signature (필수)', 'webhook-signature (required)'),
      },
      {
        name: 'tolerance',
        value: values.seconds,
        about: localised('허용할 시간 차이', 'how old it may be'),
        fallback: '300',
      },
      bodyOption,
    ],
    load: async () => (await signature()).verifySignatureCommand,
  },
]
