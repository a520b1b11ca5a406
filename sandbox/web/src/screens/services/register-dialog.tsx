import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useLocation } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import { FormFrame } from '../../form/form-frame.tsx'
import { useForm } from '../../form/use-form.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { inputOf, NEW_SERVICE, NewService } from './service-draft.ts'
import { ServiceFields } from './service-fields.tsx'
import { servicesText } from './services-text.ts'

interface RegisterDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Takes a service into the catalogue. */
export function RegisterDialog({ isOpen, onClose }: RegisterDialogProps) {
  const text = useText(servicesText)
  const { cancel } = useText(actionText)
  const api = useApi()
  const language = usePreference('language')
  const toast = useToast()
  const queryClient = useQueryClient()
  const [, navigate] = useLocation()
  const id = useId()
  const form = useForm({
    schema: NewService,
    initial: NEW_SERVICE,
    toInput: inputOf,
    async submit(manifest) {
      const { slug, title } = await api.market.registerService.mutate(manifest)
      await queryClient.invalidateQueries({ queryKey: ['market'] })
      toast({ tone: 'good', title: text.registered(title[language]) })
      navigate(`/services/${slug}`)
    },
  })
  const actions = (
    <>
      <Button onClick={onClose}>{cancel}</Button>
      <Button kind="primary" type="submit" form={id} busy={form.isBusy}>
        {text.form.submit}
      </Button>
    </>
  )
  return (
    <Dialog title={text.form.registerTitle} isOpen={isOpen} onClose={onClose} actions={actions} side>
      <FormFrame form={form} id={id}>
        <ServiceFields form={form} isKnown={false} />
      </FormFrame>
    </Dialog>
  )
}
