import { localised } from '../../conformance/localised.ts'

/** What stands for an option's value in help. */
export const values = Object.freeze({
  number: localised('번호', 'number'),
  count: localised('개수', 'number'),
  text: localised('텍스트', 'text'),
  name: localised('이름', 'name'),
  folder: localised('폴더', 'folder'),
  file: localised('파일', 'file'),
  path: localised('경로', 'path'),
  url: localised('주소', 'url'),
  key: localised('키', 'key'),
  secret: localised('비밀 키', 'secret'),
  id: localised('ID', 'id'),
  day: localised('날짜', 'day'),
  state: localised('상태', 'state'),
  seconds: localised('초', 's'),
})
