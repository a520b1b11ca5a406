/** Where the endpoints of a service are. */
export interface ServiceAddress {
  /** `https://host:port` */
  readonly origin: string
  /** Path in front of every endpoint, without a slash at its end: the path of the base URL and the prefix. */
  readonly path: string
}

const PREFIX = /^(?:\/[\w.~-]+)*$/

/**
 * Reads the base URL of a service and the prefix of its API.
 * @throws TypeError for what is not an http or https URL, carries credentials, a query or a fragment
 */
export function serviceAddress(baseUrl: string, prefix: string): ServiceAddress {
  const url = URL.parse(baseUrl)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(`baseUrl must be an http or https URL: '${baseUrl}'`)
  }
  if (url.username !== '' || url.password !== '') throw new TypeError('baseUrl must not carry credentials')
  if (url.search !== '' || url.hash !== '') throw new TypeError('baseUrl must not carry a query or a fragment')
  if (!PREFIX.test(prefix))
    throw new TypeError(`prefix must be a path like '/mt', without a slash at its end: '${prefix}'`)
  return { origin: url.origin, path: `${url.pathname.replace(/\/+$/, '')}${prefix}` }
}
