import { localised } from '../../conformance/localised.ts'
import { ADVISOR_PORT, CHATBOT_PORT } from '../../services/sample-ports.ts'
import { SIMULATOR_PORT } from '../../simulator/simulator-port.ts'
import type { OptionSpec, RunnableSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'

/** Where everything is kept. */
const dataDirOption: OptionSpec = {
  name: 'data-dir',
  value: values.folder,
  about: localised('데이터를 보관할 폴더', 'where data is kept'),
  fallback: '.mt-paas',
}

/** Ends when the job is done. */
const onceOption: OptionSpec = {
  name: 'once',
  about: localised('작업을 마치면 바로 종료합니다', 'ends when the job is done'),
}

const VARIABLES = localised(
  `  CENTRAL_DATABASE_URL    내장 PostgreSQL 대신 사용할 서버
  MARKET_API_KEY          마켓의 API 키 (없으면 만들어서 데이터 폴더에 보관)
  NO_COLOR                색을 사용하지 않습니다
`,
  `  CENTRAL_DATABASE_URL    a server to use in place of the embedded PostgreSQL
  MARKET_API_KEY          the market's API key (made and kept in the data folder when not set)
  NO_COLOR                no colours
`,
)

function portOption(name: string, port: number, about: OptionSpec['about']): OptionSpec {
  return { name, value: values.number, rule: { kind: 'port' }, about, fallback: String(port) }
}

/** `mt-paas sandbox`. */
export const sandboxSpec: RunnableSpec = {
  name: 'sandbox',
  about: localised(
    'PostgreSQL, 샘플 서비스, 마켓과 화면을 한꺼번에 시작합니다',
    'starts all of it: PostgreSQL, the sample services, the market and its page',
  ),
  more: localised(
    '처음 시작할 때 서비스마다 데모 신청을 보내 테넌트를 만들고, 다음부터는 그 테넌트를 다시 사용합니다. Ctrl-C를 누를 때까지 실행됩니다. 포트 0은 빈 포트입니다.',
    'The first start sends a demo application to each service, which makes a tenant; later ones use it again. Stays up until Ctrl-C. Port 0 takes a free one.',
  ),
  options: [
    portOption('port', SIMULATOR_PORT, localised('마켓과 화면의 포트', 'port of the market and its page')),
    portOption('advisor-port', ADVISOR_PORT, localised('Advisor의 포트', 'port of Advisor')),
    portOption('chatbot-port', CHATBOT_PORT, localised('Chatbot의 포트', 'port of Chatbot')),
    portOption('postgres-port', 0, localised('내장 PostgreSQL의 포트', 'port of the embedded PostgreSQL')),
    dataDirOption,
    onceOption,
  ],
  variables: VARIABLES,
  load: async () => (await import('../sandbox-command.ts')).sandboxCommand,
}
