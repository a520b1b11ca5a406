import { useEffect, useRef } from 'react'
import SwaggerUi from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import { useIsDark } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { referenceText } from './reference-text.ts'
import './reference.css'

interface SwaggerViewProps {
  /** JSON text of the document. */
  readonly document: string
}

/** An OpenAPI document as swagger-ui draws it; requests are sent from elsewhere, with the key. */
export function SwaggerView({ document: text }: SwaggerViewProps) {
  const frame = useRef<HTMLDivElement>(null)
  const isDark = useIsDark()
  const { servers } = useText(referenceText)
  useEffect(() => {
    const { documentElement } = frame.current?.ownerDocument ?? document
    documentElement.classList.toggle('dark-mode', isDark)
    return () => documentElement.classList.remove('dark-mode')
  }, [isDark])
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new MutationObserver(() => mend(element, servers))
    observer.observe(element, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [servers])
  useEffect(() => {
    const domNode = document.createElement('div')
    frame.current?.replaceChildren(domNode)
    SwaggerUi({
      domNode,
      spec: JSON.parse(text),
      defaultModelsExpandDepth: 0,
      deepLinking: false,
      displayOperationId: true,
      filter: true,
      supportedSubmitMethods: [],
      validatorUrl: null,
    })
  }, [text])
  return <div className="swagger" ref={frame} />
}

/** The library takes itself for the whole document: the page has its main part and its first heading already. */
function mend(frame: HTMLElement, servers: string): void {
  for (const main of frame.querySelectorAll('main, [role=main]')) main.setAttribute('role', 'group')
  for (const select of frame.querySelectorAll('select:not([aria-label])')) select.setAttribute('aria-label', servers)
  for (const heading of frame.querySelectorAll('h3.opblock-tag:not([aria-level]), h4:not([aria-level])')) {
    heading.setAttribute('aria-level', '2')
  }
}
