import { localised } from '../../conformance/localised.ts'
import type { OptionSpec, PlaceSpec, RunnableSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'

const VARIABLES = localised(
  `  CENTRAL_DATABASE_URL    중앙 데이터베이스, 또는 MT_DB_HOST, _PORT, _USER, _PASSWORD, _NAME으로 나누어 지정;
                          없으면 내장 PostgreSQL을 사용합니다
`,
  `  CENTRAL_DATABASE_URL    the central database, or its parts in MT_DB_HOST, _PORT, _USER, _PASSWORD and _NAME;
                          without them the embedded PostgreSQL is used
`,
)

const COMMON: readonly OptionSpec[] = [
  {
    name: 'service',
    value: localised('advisor|chatbot|파일', 'advisor|chatbot|file'),
    about: localised(
      '샘플 서비스, 또는 tenantEntities와 tenantMigrations를 내보내는 모듈',
      'a sample service, or a module that exports tenantEntities and tenantMigrations',
    ),
    fallback: 'advisor',
  },
  {
    name: 'data-dir',
    value: values.folder,
    about: localised(
      '내장 PostgreSQL의 데이터 폴더 (기본값 MT_DATA_DIR, 없으면 .mt-paas)',
      'where the embedded PostgreSQL keeps its data (default MT_DATA_DIR, else .mt-paas)',
    ),
  },
]

/** A tenant. */
export const ID: PlaceSpec = { name: localised('id', 'id') }

/** What every command of an administrator takes. */
export function administrator(spec: RunnableSpec): RunnableSpec {
  return { ...spec, options: [...(spec.options ?? []), ...COMMON], variables: VARIABLES }
}
