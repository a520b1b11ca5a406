import { useMutation, useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { errorMessage } from '../../ui/error-message.ts'
import { Panel } from '../../ui/panel.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { stateText } from '../../ui/state-text.ts'
import { useToast } from '../../ui/toasts.tsx'
import { conformanceText } from './conformance-text.ts'

const kinds = ['junit', 'json', 'html', 'har', 'badge'] as const

/** The reports of a run as files, and its badge. */
export function ReportDownloads({ id }: { readonly id: number }) {
  const text = useText(conformanceText)
  const { offline } = useText(stateText)
  const language = usePreference('language')
  const { conformance } = useApi()
  const toast = useToast()
  const badge = useQuery({
    ...conformance.getFile.query({ id, kind: 'badge', language }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const save = useMutation({
    mutationFn: (kind: (typeof kinds)[number]) => conformance.getFile.fetch({ id, kind, language }),
    onSuccess: ({ name, content, type }) => saveFile(name, content, type.split(';')[0] ?? type),
    onError: (error) => toast({ tone: 'bad', title: text.failedTo.download, detail: errorMessage(error, offline) }),
  })
  return (
    <Panel title={text.downloads}>
      <div className="row">
        {kinds.map((kind) => (
          <Button
            key={kind}
            size="s"
            icon="download"
            busy={save.isPending && save.variables === kind}
            onClick={() => save.mutate(kind)}
          >
            {text.kinds[kind]}
          </Button>
        ))}
        {badge.data && (
          <img
            className="conformance-badge"
            alt={text.badge}
            title={text.badgeNote}
            height={20}
            src={`data:image/svg+xml,${encodeURIComponent(badge.data.content)}`}
          />
        )}
      </div>
    </Panel>
  )
}
