/** The key of every reference service. */
export const REFERENCE_KEY = 'Reference-key-of-the-self-test'
