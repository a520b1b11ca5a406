import type { AssistantDictionary } from './assistant-dictionary.ts'

/** Korean. */
export const assistantKo: AssistantDictionary = Object.freeze<AssistantDictionary>({
  language: 'ko',
  refusals: {
    credentials: '이메일 또는 비밀번호가 올바르지 않습니다.',
    inactive: '사용할 수 없는 계정입니다. 관리자에게 문의하세요.',
    notAdministrator: '관리자 계정이 아닙니다.',
    administratorsOnly: '관리자만 할 수 있습니다.',
    tooManyLogins: (seconds) => `로그인 시도가 너무 많습니다. ${seconds}초 뒤에 다시 시도하세요.`,
    tooManyQuestions: (seconds) => `질문이 너무 많습니다. ${seconds}초 뒤에 다시 시도하세요.`,
    invitation: '초대 링크가 만료되었거나 이미 사용되었습니다.',
  },
  answers: {
    found: '등록된 문서에서 찾은 내용입니다.',
    notFound: '등록된 문서에서 답을 찾지 못했습니다. 다른 말로 물어보시거나 담당 부서에 문의해 주세요.',
  },
  page: {
    email: '이메일',
    password: '비밀번호',
    newPassword: '새 비밀번호 (8자 이상)',
    login: '로그인',
    logout: '로그아웃',
    loggedInAs: '로그인 계정',
    choosePassword: '비밀번호 정하기',
    passwordChosen: '비밀번호를 정했습니다. 이제 로그인하세요.',
    conversation: '대화',
    question: '질문',
    send: '보내기',
    stop: '멈추기',
    newConversation: '새 대화',
    you: '나',
    thinking: '답을 쓰고 있습니다…',
    sources: '출처',
    stopped: '멈췄습니다.',
    failed: '답을 받지 못했습니다. 잠시 뒤에 다시 시도하세요.',
    loginAgain: '로그인이 만료되었습니다. 다시 로그인하세요.',
    needsScript: '이 페이지에서 대화하려면 자바스크립트를 켜 주세요.',
  },
})
