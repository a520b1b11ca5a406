/** What a starter's README tells. */
export interface StarterReadme {
  readonly name: string
  /** Path of the module that defines the service. */
  readonly entry: string
  readonly port: number
}

/** The README of a starter, in Korean and English. */
export function starterReadme({ name, entry, port }: StarterReadme): string {
  return `# ${name}

Standard API v2를 구현하는 서비스입니다. 테넌트마다 PostgreSQL 데이터베이스가 하나씩 있습니다.

\`\`\`sh
npm install
npm start          # http://127.0.0.1:${port}, 끝내려면 Ctrl-C
npm run verify     # 서비스를 시작해 계약 전체를 검사합니다
npm run check      # 타입 검사
\`\`\`

- \`src/main.ts\`: 데이터베이스와 서비스를 시작합니다.
- \`${entry}\`: 서비스의 이름, 요금제, 가격, 인사말. 여기부터 바꾸세요.
- \`src/services/assistant/\`: 테넌트의 테이블, 표준 API의 프로시저, 사용자 화면.
- \`npx mt-paas simulator --target http://127.0.0.1:${port}\`: 웹훅을 보내는 로컬 마켓.

| 변수 | 뜻 |
|---|---|
| \`PORT\` | 포트 (기본값 ${port}) |
| \`MARKET_API_KEY\` | 마켓의 API 키. 실제로 운영할 때는 반드시 지정하세요 |
| \`CENTRAL_DATABASE_URL\` | 중앙 데이터베이스. 없으면 npm이 설치한 PostgreSQL을 \`.mt-paas/\`에서 실행합니다 |

---

A service that implements Standard API v2, with a PostgreSQL database for each tenant.

\`\`\`sh
npm install
npm start          # http://127.0.0.1:${port}, until Ctrl-C
npm run verify     # starts the service and tries out the whole contract
npm run check      # types
\`\`\`

- \`src/main.ts\` starts the database and the service.
- \`${entry}\` has the service's name, plans, prices and greeting. Begin there.
- \`src/services/assistant/\` has the tables of a tenant, the procedures of the Standard API, and the users' page.
- \`npx mt-paas simulator --target http://127.0.0.1:${port}\` is a local market that sends webhooks.

| variable | meaning |
|---|---|
| \`PORT\` | port (default ${port}) |
| \`MARKET_API_KEY\` | the market's API key; set it wherever the service is really used |
| \`CENTRAL_DATABASE_URL\` | the central database; without it the PostgreSQL that npm installed runs in \`.mt-paas/\` |
`
}
