import { Component, type ReactNode } from 'react'

interface ErrorBoundaryProps {
  /** A new value forgets the error. */
  readonly resetKey: string
  readonly fallback: ReactNode
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly failedAt: string | null
}

/** Keeps what fails below it from taking the rest of the page with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failedAt: null }

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { failedAt: '' }
  }

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.resetKey })
  }

  override render(): ReactNode {
    const { failedAt } = this.state
    const failed = failedAt !== null && (failedAt === '' || failedAt === this.props.resetKey)
    return failed ? this.props.fallback : this.props.children
  }
}
