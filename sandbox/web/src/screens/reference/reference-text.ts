import { defineText } from '../../text/define-text.ts'

/** Words of the API reference. */
export const referenceText = defineText({
  en: {
    title: 'API reference',
    note: 'What a service says of its own API. The sandbox fetches the document; nothing is loaded from anywhere else.',
    service: 'Service',
    none: 'This service has no OpenAPI document',
    noneHint: 'Services on @mt-paas/server have theirs at /mt/openapi.json. Is the service running?',
    noService: 'No service is registered',
    noServiceHint: 'Register a service to read its reference.',
    toServices: 'Go to services',
    download: 'Download JSON',
    servers: 'Server',
  },
  ko: {
    title: 'API 문서',
    note: '서비스가 알려 주는 API 문서입니다. 샌드박스가 문서를 가져오며 다른 곳에서는 아무것도 불러오지 않습니다.',
    service: '서비스',
    none: '이 서비스에는 OpenAPI 문서가 없습니다',
    noneHint: '@mt-paas/server로 만든 서비스는 /mt/openapi.json에 문서가 있습니다. 서비스가 실행 중인지 확인하세요.',
    noService: '등록된 서비스가 없습니다',
    noServiceHint: '서비스를 등록하면 API 문서를 볼 수 있습니다.',
    toServices: '서비스 화면으로',
    download: 'JSON 내려받기',
    servers: '서버',
  },
})
