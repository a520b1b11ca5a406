import { defineText } from '../text/define-text.ts'

/** Words of who looks at the page. */
export const sessionText = defineText({
  en: {
    title: 'Log in',
    ask: 'Open the address that the sandbox printed when it started. It logs you in once.',
    again: 'A new one is printed by',
    opening: 'Logging in…',
    refused: 'This address was used before, or the sandbox was restarted.',
  },
  ko: {
    title: '로그인',
    ask: '샌드박스를 시작할 때 출력된 주소를 여세요. 한 번만 로그인할 수 있는 주소입니다.',
    again: '새 주소를 출력하는 명령',
    opening: '로그인하는 중…',
    refused: '이미 사용한 주소이거나 샌드박스가 다시 시작되었습니다.',
  },
})
