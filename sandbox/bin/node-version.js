// Plain JavaScript that old versions of Node can parse: it is what tells them that they are too old.

/** The oldest Node that runs this project, as `engines` of every package says. */
export const OLDEST_NODE = '22.17'

/**
 * What to tell someone whose Node is too old, in English and Korean.
 * @param {string} version as `process.versions.node` gives it, such as `20.20.2`
 * @returns {string | undefined} undefined if the version will do
 */
export function complaintAboutNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number)
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined
  return [
    `mt-paas needs Node ${OLDEST_NODE} or later; this is Node ${version}.`,
    'In a checkout, "npm start" brings its own Node.',
    `mt-paas를 실행하려면 Node ${OLDEST_NODE} 이상이 필요합니다. 현재 버전은 ${version}입니다.`,
    '저장소에서는 "npm start"가 알맞은 Node를 함께 사용합니다.',
  ].join('\n')
}
