import { fileURLToPath } from 'node:url'

/** Where the page is built to; the same from source and from what is published. */
export const PAGE_FOLDER = fileURLToPath(new URL('../../dist/web', import.meta.url))
