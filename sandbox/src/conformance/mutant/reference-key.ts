/** The key of every reference service. */
export const REFERENCE_KEY = 'Reference-key-of-the-self-test'

/** What webhooks to every reference service are signed with. */
export const REFERENCE_WEBHOOK_SECRET = 'Reference-secret-of-webhooks-in-the-self-test'

/** The key that every reference service sends with callbacks. */
export const REFERENCE_SERVICE_KEY = 'Reference-service-key-of-the-self-test'

/** What every reference service signs callbacks with. */
export const REFERENCE_CALLBACK_SECRET = 'Reference-secret-of-callbacks-in-the-self-test'
