import type { SampleContent } from '../assistant/assistant-definition.ts'

/** What a university would put into Chatbot, and what visitors of its home page ask. */
export const chatbotSamples: SampleContent = Object.freeze({
  documents: [
    {
      title: '도서관 이용 안내',
      content: `중앙도서관은 평일 오전 9시부터 밤 10시까지, 주말은 오후 6시까지 엽니다. 시험 기간에는 열람실을 24시간 개방합니다.

학부생은 책을 10권까지 14일 동안 빌릴 수 있고, 예약이 없으면 한 번 연장할 수 있습니다. 연체하면 하루에 100원의 연체료가 있습니다.`,
    },
    {
      title: '셔틀버스 시간표',
      content: `셔틀버스는 평일에만 다닙니다. 기차역에서 8시 10분부터 20분 간격으로 출발하고, 마지막 버스는 정문에서 저녁 9시 30분에 떠납니다.

방학에는 한 시간 간격으로 줄어듭니다. 요금은 없습니다.`,
    },
    {
      title: '기숙사 안내',
      content: `기숙사 입사 신청은 2월과 8월에 생활관 홈페이지에서 합니다. 한 학기 비용은 2인실 90만 원, 4인실 65만 원입니다.

출입문은 새벽 1시부터 5시까지 닫습니다. 외부인은 1층 휴게실까지만 들어올 수 있습니다.`,
    },
    {
      title: '학생 식당',
      content: `학생 식당은 아침 8시에서 9시 30분, 점심 11시 30분에서 1시 30분, 저녁 5시에서 6시 30분까지 합니다. 한 끼에 5천 원이고 아침은 천 원입니다.

채식 식단은 2층에서 점심에 나옵니다.`,
    },
    {
      title: '증명서 발급',
      content: `재학 증명서와 성적 증명서는 홈페이지에서 바로 출력하거나 학생회관 1층 무인 발급기에서 받을 수 있습니다. 수수료는 한 통에 500원입니다.

영문 증명서도 같은 방법으로 발급합니다.`,
    },
    {
      title: 'Library',
      content: `The main library is open from nine in the morning to ten in the evening on weekdays, and until six at the weekend.

Undergraduates may borrow ten books for two weeks.`,
    },
    {
      title: 'Dormitory',
      content: `Apply for a room in February or August on the dormitory's page. A double room costs 900,000 won a semester, a room for four 650,000 won.

The doors are closed between one and five in the night.`,
    },
    {
      title: 'International students',
      content: `The office of international affairs on the third floor of the student centre helps with visas, insurance and alien registration, from ten to five on weekdays.

Visa extensions need a certificate of enrolment and a proof of tuition payment.`,
    },
  ],
  exchanges: [
    { question: '도서관은 몇 시까지 하나요?', answer: '평일은 밤 10시, 주말은 오후 6시까지 엽니다.' },
    { question: '책은 몇 권까지 빌릴 수 있나요?', answer: '학부생은 10권까지 14일 동안 빌릴 수 있습니다.' },
    { question: '막차 셔틀버스는 몇 시예요?', answer: '마지막 버스는 정문에서 저녁 9시 30분에 떠납니다.' },
    { question: '셔틀버스 요금이 얼마인가요?', answer: '셔틀버스는 무료입니다.' },
    { question: '주말에도 셔틀버스가 있나요?', answer: '셔틀버스는 평일에만 다닙니다.' },
    { question: '기숙사 비용을 알려주세요.', answer: '한 학기에 2인실은 90만 원, 4인실은 65만 원입니다.' },
    { question: '기숙사 신청은 언제 하나요?', answer: '2월과 8월에 생활관 홈페이지에서 신청합니다.' },
    { question: '학생 식당 아침 시간이 어떻게 되나요?', answer: '아침은 8시에서 9시 30분까지이고 천 원입니다.' },
    { question: '채식 메뉴가 있나요?', answer: '점심에 2층에서 채식 식단이 나옵니다.' },
    {
      question: '재학 증명서는 어디서 떼나요?',
      answer: '홈페이지나 학생회관 1층 무인 발급기에서 한 통에 500원입니다.',
    },
    { question: 'When does the library close?', answer: 'At ten in the evening on weekdays, at six at the weekend.' },
    { question: 'How much is a double room?', answer: 'A double room costs 900,000 won a semester.' },
    {
      question: 'Where can I extend my visa?',
      answer: 'At the office of international affairs in the student centre.',
    },
    { question: '수영장이 있나요?', answer: '안내 문서에는 수영장에 관한 내용이 없습니다. 대표 전화로 문의해 주세요.' },
  ],
})
