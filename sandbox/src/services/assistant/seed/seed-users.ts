import type { SeededRandom } from '../../../conformance/seeded-random.ts'
import type { User } from '../entity/index.ts'

/** Who is made up. */
export interface SeedUsersOptions {
  readonly count: number
  /** Of the e-mails. */
  readonly domain: string
  /** The last one first. */
  readonly days: readonly Date[]
  readonly passwordHash: string | null
}

/** Somebody made up. */
export type SeedUser = Pick<
  User,
  'id' | 'email' | 'emailKey' | 'name' | 'role' | 'status' | 'createdAt' | 'passwordHash'
>

const NAMES = [
  ['김하늘', 'haneul.kim'],
  ['이바다', 'bada.lee'],
  ['박서준', 'seojun.park'],
  ['최지우', 'jiwoo.choi'],
  ['정민서', 'minseo.jung'],
  ['강도윤', 'doyun.kang'],
  ['조은서', 'eunseo.cho'],
  ['윤시우', 'siwoo.yoon'],
  ['장하은', 'haeun.jang'],
  ['임주원', 'juwon.lim'],
  ['한지호', 'jiho.han'],
  ['오예준', 'yejun.oh'],
  ['Emma Miller', 'emma.miller'],
  ['서유진', 'yujin.seo'],
  ['신건우', 'geonwoo.shin'],
  ['권나윤', 'nayun.kwon'],
  ['Nguyễn Minh Anh', 'minhanh.nguyen'],
  ['황선우', 'sunwoo.hwang'],
  ['안수아', 'sua.ahn'],
  ['Lucas Weber', 'lucas.weber'],
  ['송이안', 'ian.song'],
  ['류다은', 'daeun.ryu'],
  ['홍준혁', 'junhyeok.hong'],
  ['Aigerim Sadykova', 'aigerim.sadykova'],
] as const
const MORE_DAYS = 40
const DAY = 86_400_000

/** People as a university has them: most were there before, some come later, a few are closed out. */
export function seedUsers(random: SeededRandom, options: SeedUsersOptions): SeedUser[] {
  const { count, domain, days, passwordHash } = options
  return Array.from({ length: count }, (_, index) => {
    const [name, local] = NAMES[index % NAMES.length] ?? NAMES[0]
    const round = Math.floor(index / NAMES.length)
    const email = `${local}${round === 0 ? '' : round + 1}@${domain}`
    const first = days.at(-1)?.getTime() ?? 0
    const before = random.integer(3) > 0
    const day = before ? first - (1 + random.integer(MORE_DAYS)) * DAY : first + random.integer(days.length) * DAY
    const createdAt = new Date(day)
    // Before anybody asks anything on that day.
    createdAt.setUTCHours(0, 0, random.integer(60), 0)
    return {
      id: `seed_user_${String(index + 1).padStart(3, '0')}`,
      email,
      emailKey: email.toLowerCase(),
      name,
      role: index % 12 === 5 ? 'moderator' : 'user',
      status: index % 11 === 9 ? 'inactive' : 'active',
      createdAt,
      passwordHash,
    }
  })
}
