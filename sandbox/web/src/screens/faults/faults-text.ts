import { defineText } from '../../text/define-text.ts'

/** Words of the faults. */
export const faultsText = defineText({
  en: {
    title: 'Faults',
    note: 'Trouble on the side of the sender. The same seed gives the same trouble to the same deliveries.',
    none: 'No trouble: the market behaves.',
    active: (name: string, share: string, seed: string) => `${name} strikes ${share} of attempts, seed ${seed}`,
    end: 'End the trouble',
    ended: 'The trouble is over',
    start: 'Start',
    update: 'Change',
    started: (name: string) => `${name} is on`,
    failed: 'The faults could not be changed',
    on: 'On',
    rate: 'Share of attempts',
    seed: 'Seed',
  },
  ko: {
    title: '장애',
    note: '보내는 쪽의 장애입니다. 시드가 같으면 같은 전송에 같은 장애가 생깁니다.',
    none: '장애가 없습니다. 마켓이 정상으로 동작합니다.',
    active: (name: string, share: string, seed: string) => `${name}: 시도의 ${share}, 시드 ${seed}`,
    end: '장애 끝내기',
    ended: '장애를 끝냈습니다',
    start: '시작',
    update: '바꾸기',
    started: (name: string) => `${name} 장애를 시작했습니다`,
    failed: '장애를 바꾸지 못했습니다',
    on: '켜짐',
    rate: '장애를 겪을 시도의 비율',
    seed: '시드',
  },
})
