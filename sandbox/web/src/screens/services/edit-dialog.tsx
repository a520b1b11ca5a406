import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { FormFrame } from '../../form/form-frame.tsx'
import { useForm } from '../../form/use-form.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { ChangedService, draftOf, inputOf } from './service-draft.ts'
import { ServiceFields } from './service-fields.tsx'
import { servicesText } from './services-text.ts'

interface EditDialogProps {
  readonly service: Outputs['market']['getService']
  readonly onClose: () => void
}

/** Changes what the catalogue knows of a service. */
export function EditDialog({ service, onClose }: EditDialogProps) {
  const text = useText(servicesText)
  const { cancel, save } = useText(actionText)
  const api = useApi()
  const language = usePreference('language')
  const toast = useToast()
  const queryClient = useQueryClient()
  const id = useId()
  const form = useForm({
    schema: ChangedService,
    initial: draftOf(service),
    toInput: inputOf,
    async submit(change) {
      await api.market.updateService.mutate(change)
      await queryClient.invalidateQueries({ queryKey: ['market'] })
      toast({ tone: 'good', title: text.saved })
      onClose()
    },
  })
  const actions = (
    <>
      <Button onClick={onClose}>{cancel}</Button>
      <Button kind="primary" type="submit" form={id} busy={form.isBusy}>
        {save}
      </Button>
    </>
  )
  return (
    <Dialog title={text.form.editTitle(service.title[language])} isOpen onClose={onClose} actions={actions} side>
      <FormFrame form={form} id={id}>
        <ServiceFields form={form} isKnown />
      </FormFrame>
    </Dialog>
  )
}
