import { useText } from '../text/use-text.ts'
import { Icon } from '../ui/icon.tsx'
import { sessionText } from './session-text.ts'

/** Tells who is not logged in how to get in. */
export function LoginScreen({ isRefused }: { readonly isRefused: boolean }) {
  const text = useText(sessionText)
  return (
    <main className="login">
      <h1>{text.title}</h1>
      {isRefused && (
        <p className="field-error" role="alert">
          {text.refused}
        </p>
      )}
      <p className="muted">{text.ask}</p>
      <p className="muted">
        <Icon name="key" /> {text.again} <code>mt-paas open</code>
      </p>
    </main>
  )
}
