import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import type { Form } from './use-form.ts'

interface FormFrameProps {
  readonly form: Pick<Form<object>, 'failure' | 'submit'>
  /** Lets a button elsewhere send it. @default none */
  readonly id?: string
  /** @default none */
  readonly className?: string
  readonly children: ReactNode
}

/** The element of a form; what is wrong with no field in particular stands above its end. */
export function FormFrame({ form, id, className, children }: FormFrameProps) {
  return (
    <form id={id} className={classNames('form', className)} noValidate onSubmit={form.submit}>
      {children}
      {form.failure !== null && (
        <p className="form-failure" role="alert">
          {form.failure}
        </p>
      )}
    </form>
  )
}
