import { localised } from '../../conformance/localised.ts'
import type { RunnableSpec } from '../command/command-spec.ts'
import { values } from './option-values.ts'

/** `mt-paas new`. */
export const newSpec: RunnableSpec = {
  name: 'new',
  about: localised(
    '샘플 서비스를 복사해 새 서비스 프로젝트를 만듭니다',
    'makes a project of your own of a sample service',
  ),
  more: localised(
    '설치하고 시작하면 바로 동작하고 mt-paas verify를 통과합니다. 비어 있지 않은 폴더는 건드리지 않습니다.',
    'It installs, runs, and passes mt-paas verify. A folder that is not empty is left alone.',
  ),
  places: [{ name: values.folder }],
  options: [
    {
      name: 'from',
      value: localised('advisor|chatbot', 'advisor|chatbot'),
      rule: { kind: 'choice', choices: ['advisor', 'chatbot'] },
      about: localised('복사할 샘플', 'the sample to copy'),
      fallback: 'advisor',
    },
    {
      name: 'packages',
      value: values.folder,
      about: localised(
        'npm pack으로 만든 @mt-paas 패키지가 있는 폴더 (기본값은 npm 레지스트리)',
        'folder with @mt-paas packages made by npm pack (default the registry of npm)',
      ),
    },
  ],
  load: async () => (await import('../new-command.ts')).newCommand,
}
