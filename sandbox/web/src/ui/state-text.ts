import { defineText } from '../text/define-text.ts'

/** Words of what is there before, or in place of, what was asked for. */
export const stateText = defineText({
  en: {
    loading: 'Loading…',
    failed: 'This could not be loaded',
    retry: 'Try again',
    broken: 'This screen stopped working',
    brokenHint: 'The rest of the page still works. Reload it, or go to another screen.',
    reload: 'Reload',
    unknown: 'There is nothing at this address',
    unknownHint: 'It may have been cleared, or the link may be incomplete.',
    home: 'Go to the overview',
    offline: 'The sandbox does not answer. Is it still running?',
  },
  ko: {
    loading: '불러오는 중…',
    failed: '불러오지 못했습니다',
    retry: '다시 시도',
    broken: '화면을 표시하지 못했습니다',
    brokenHint: '다른 화면은 그대로 쓸 수 있습니다. 새로 고치거나 다른 화면으로 이동하세요.',
    reload: '새로 고침',
    unknown: '이 주소에는 아무것도 없습니다',
    unknownHint: '지워졌거나 주소가 완전하지 않을 수 있습니다.',
    home: '개요로 이동',
    offline: '샌드박스가 응답하지 않습니다. 실행 중인지 확인하세요.',
  },
})
