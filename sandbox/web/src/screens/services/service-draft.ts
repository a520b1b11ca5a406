import { z } from 'zod'
import { ServiceChange, ServiceManifest } from '../../../../src/market/service-manifest.ts'
import type { Outputs } from '../../api/router.ts'

/** What is written in the form of a service; texts, as people write them. */
export interface ServiceDraft {
  readonly slug: string
  readonly base_url: string
  readonly titleKo: string
  readonly titleEn: string
  readonly descriptionKo: string
  readonly descriptionEn: string
  readonly prefix: string
  readonly protocol: ServiceManifest['protocol']
  readonly shape: ServiceManifest['shape']
  readonly api_key: string
  readonly signing_secret: string
  readonly service_key: string
  readonly plans: string
}

/** A form for a new service. */
export const NEW_SERVICE: ServiceDraft = Object.freeze({
  slug: '',
  base_url: 'http://127.0.0.1:',
  titleKo: '',
  titleEn: '',
  descriptionKo: '',
  descriptionEn: '',
  prefix: '/mt',
  protocol: 'auto',
  shape: 'flat',
  api_key: '',
  signing_secret: '',
  service_key: '',
  plans: '',
})

/** The form of a service that is there; its secrets are not known here. */
export function draftOf(service: Outputs['market']['getService']): ServiceDraft {
  const { slug, base_url, title, description, prefix, protocol, shape, plans } = service
  return {
    ...NEW_SERVICE,
    ...{ slug, base_url, prefix, protocol, shape },
    ...{ titleKo: title.ko, titleEn: title.en, descriptionKo: description.ko, descriptionEn: description.en },
    plans: JSON.stringify(plans, null, 2),
  }
}

/** What the market is sent: what was left empty is left out. */
export function inputOf(draft: ServiceDraft): unknown {
  const { slug, base_url, prefix, protocol, shape, api_key, signing_secret, service_key, plans } = draft
  const title = { ko: draft.titleKo || draft.titleEn, en: draft.titleEn || draft.titleKo }
  const secrets = Object.entries({ api_key, signing_secret, service_key }).filter(([, secret]) => secret !== '')
  return {
    ...{ slug, base_url, prefix, protocol, shape },
    ...(title.ko !== '' && { title }),
    description: { ko: draft.descriptionKo, en: draft.descriptionEn },
    ...Object.fromEntries(secrets),
    ...(plans.trim() !== '' && { plans: parsed(plans) }),
  }
}

/** Addresses are the server's to judge; this catches what is none at all. */
const Address = z.url({ protocol: /^https?$/ })

/** A new service. */
export const NewService = ServiceManifest.extend({ base_url: Address })

/** A service that is there. */
export const ChangedService = ServiceChange.extend({ base_url: Address })

/** Text that is no JSON stays text, which no schema of a list takes. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
