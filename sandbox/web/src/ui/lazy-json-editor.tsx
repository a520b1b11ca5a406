import { lazy, Suspense } from 'react'
import type { JsonEditorProps } from './json-editor.tsx'
import { LoadingState } from './loaded.tsx'

const Editor = lazy(async () => ({ default: (await import('./json-editor.tsx')).JsonEditor }))

/** Edits JSON; the editor is loaded when the first one is shown. */
export function LazyJsonEditor(props: JsonEditorProps) {
  return (
    <Suspense fallback={<LoadingState height={200} />}>
      <Editor {...props} />
    </Suspense>
  )
}
