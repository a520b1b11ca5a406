import { defineText } from '../../text/define-text.ts'

/** Words of the accounts of administrators. */
export const accountsText = defineText({
  en: {
    title: 'Administrators',
    note: 'They log in with their e-mail and see their own tenants.',
    empty: 'No administrator yet',
    emptyHint: 'An account is made for the applicant when the first tenant is there.',
    columns: {
      name: 'Name',
      university: 'University',
      tenants: 'Tenants',
      login: 'Last login',
      actions: 'Actions',
    },
    never: 'never',
    invited: 'one-time password',
    reset: 'New password',
    resetOf: (email: string) => `New password for ${email}`,
    question: 'The present password stops working at once, and a one-time password is mailed.',
    done: 'A one-time password is in the outbox',
    failed: 'The password could not be replaced',
  },
  ko: {
    title: '관리자',
    note: '이메일로 로그인하여 자기 테넌트만 봅니다.',
    empty: '아직 관리자가 없습니다',
    emptyHint: '첫 테넌트가 만들어지면 신청자의 계정이 생깁니다.',
    columns: {
      name: '이름',
      university: '대학교',
      tenants: '테넌트',
      login: '마지막 로그인',
      actions: '작업',
    },
    never: '없음',
    invited: '임시 비밀번호',
    reset: '새 비밀번호',
    resetOf: (email: string) => `${email}의 새 비밀번호`,
    question: '지금 비밀번호는 바로 쓸 수 없게 되고 임시 비밀번호를 메일로 보냅니다.',
    done: '임시 비밀번호를 메일함에 보냈습니다',
    failed: '비밀번호를 바꾸지 못했습니다',
  },
})
