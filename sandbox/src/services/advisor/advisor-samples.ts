import type { SampleContent } from '../assistant/assistant-definition.ts'

/** What a university would put into Advisor, and what its students ask. */
export const advisorSamples: SampleContent = Object.freeze({
  documents: [
    {
      title: '졸업 요건 안내',
      content: `졸업하려면 총 130학점 이상을 이수하고 평점 평균이 2.0 이상이어야 합니다. 전공은 60학점, 교양은 35학점 이상이 필요합니다.

졸업 논문 또는 졸업 시험 가운데 하나를 통과해야 하며, 신청은 마지막 학기 시작 후 3주 안에 학과 사무실에서 합니다.

조기 졸업은 6학기 이상 등록하고 평점 평균이 4.0 이상인 학생이 신청할 수 있습니다.`,
    },
    {
      title: '수강 신청 안내',
      content: `수강 신청은 학기 시작 2주 전에 학년별로 하루씩 진행됩니다. 한 학기에 최대 18학점까지 신청할 수 있고, 직전 학기 평점이 3.7 이상이면 21학점까지 가능합니다.

수강 정정 기간은 개강 후 첫 주입니다. 수강 철회는 8주차까지 학사정보시스템에서 할 수 있으며 성적표에는 W로 표시됩니다.

재수강은 C+ 이하 과목만 가능하고, 받을 수 있는 최고 성적은 A0입니다.`,
    },
    {
      title: '장학금 안내',
      content: `장학금은 매 학기 시작 4주 전에 신청합니다. 성적 장학금은 직전 학기 15학점 이상을 이수하고 평점 3.5 이상인 학생이 받을 수 있습니다.

근로 장학금은 학생지원팀에서 수시로 접수하며 한 주에 최대 20시간 일할 수 있습니다.

국가 장학금은 한국장학재단 홈페이지에서 본인이 직접 신청해야 합니다.`,
    },
    {
      title: '휴학과 복학',
      content: `일반 휴학은 한 번에 두 학기까지, 재학 중 모두 여섯 학기까지 할 수 있습니다. 개강 후 4주 안에 신청하면 등록금을 전액 이월합니다.

군 휴학은 입영 통지서를 첨부해 입대 2주 전까지 신청합니다. 복학 신청은 학기 시작 전 한 달 동안 받습니다.`,
    },
    {
      title: '성적과 학사 경고',
      content: `성적 이의 신청은 성적 공시 후 5일 동안 담당 교수에게 합니다. 한 학기 평점이 1.75 미만이면 학사 경고를 받고, 세 번 연속 받으면 제적됩니다.

출석이 전체 수업의 4분의 3에 미치지 못하면 시험 점수와 관계없이 F가 됩니다.`,
    },
    {
      title: 'Graduation requirements',
      content: `Students need 130 credits and a grade point average of 2.0 to graduate: at least 60 credits in the major and 35 in general education.

A thesis or a graduation examination has to be passed. Apply at the department office within three weeks of the start of the last semester.`,
    },
    {
      title: 'Course registration',
      content: `Registration opens two weeks before the semester, one day for each year of study. Up to 18 credits may be taken, 21 with an average of 3.7 or more in the previous semester.

Courses can be changed in the first week and dropped until the eighth week; a dropped course is shown as W.`,
    },
    {
      title: 'Exchange programmes',
      content: `Applications for exchange are accepted in March and September at the office of international affairs. Students need two completed semesters, an average of 3.0 and a language certificate.

Credits earned abroad are recognised up to 18 a semester after the department has approved the study plan.`,
    },
  ],
  exchanges: [
    {
      question: '졸업하려면 몇 학점이 필요한가요?',
      answer:
        '총 130학점 이상이 필요하고, 그 가운데 전공 60학점과 교양 35학점 이상을 이수해야 합니다. (졸업 요건 안내)',
    },
    {
      question: '조기 졸업 조건이 궁금합니다.',
      answer: '6학기 이상 등록하고 평점 평균이 4.0 이상이면 조기 졸업을 신청할 수 있습니다. (졸업 요건 안내)',
    },
    {
      question: '졸업 논문 신청은 언제까지인가요?',
      answer: '마지막 학기가 시작된 뒤 3주 안에 학과 사무실에 신청하시면 됩니다. (졸업 요건 안내)',
    },
    {
      question: '한 학기에 몇 학점까지 들을 수 있나요?',
      answer: '기본은 18학점이고, 직전 학기 평점이 3.7 이상이면 21학점까지 신청할 수 있습니다. (수강 신청 안내)',
    },
    {
      question: '수강 철회는 언제까지 할 수 있어요?',
      answer: '8주차까지 학사정보시스템에서 철회할 수 있고 성적표에는 W로 표시됩니다. (수강 신청 안내)',
    },
    {
      question: '재수강하면 성적은 어디까지 받을 수 있나요?',
      answer: '재수강은 C+ 이하 과목만 가능하고 최고 성적은 A0입니다. (수강 신청 안내)',
    },
    {
      question: '성적 장학금 기준을 알려주세요.',
      answer: '직전 학기에 15학점 이상을 이수하고 평점이 3.5 이상이어야 합니다. (장학금 안내)',
    },
    {
      question: '근로 장학금은 어디에서 신청하나요?',
      answer: '학생지원팀에서 수시로 접수하고, 한 주에 최대 20시간까지 일할 수 있습니다. (장학금 안내)',
    },
    {
      question: '군 휴학 서류는 무엇이 필요한가요?',
      answer: '입영 통지서를 첨부해서 입대 2주 전까지 신청하시면 됩니다. (휴학과 복학)',
    },
    {
      question: '학사 경고는 어떤 경우에 받나요?',
      answer: '한 학기 평점이 1.75 미만이면 받고, 세 번 연속이면 제적됩니다. (성적과 학사 경고)',
    },
    {
      question: 'How many credits do I need to graduate?',
      answer: 'You need 130 credits with an average of at least 2.0: 60 in your major and 35 in general education.',
    },
    {
      question: 'Until when can I drop a course?',
      answer: 'Until the eighth week. The course will be shown as W on your transcript.',
    },
    {
      question: 'When can I apply for an exchange semester?',
      answer: 'In March and September, at the office of international affairs. You need two completed semesters.',
    },
    {
      question: '기숙사 통금 시간이 있나요?',
      answer: '등록된 학사 문서에는 기숙사 통금에 관한 내용이 없습니다. 생활관 행정실에 문의해 주세요.',
    },
  ],
})
