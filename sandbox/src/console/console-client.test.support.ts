import { createTRPCClient, httpLink } from '@trpc/client'
import type { Simulator } from '../simulator/start-simulator.ts'
import type { ConsoleRouter } from './console-router.ts'

/** A browser on the console's page that keeps its cookie. */
export function consoleBrowser({ url }: Pick<Simulator, 'url'>) {
  let cookie = ''

  async function fetchAsPage(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('sec-fetch-site', 'same-origin')
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await fetch(input, { ...init, headers })
    const [set] = response.headers.getSetCookie()
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }

  const link = httpLink({
    url: `${url}/console/trpc`,
    fetch: (input, init) => fetchAsPage(input, init as RequestInit),
  })
  return {
    fetch: fetchAsPage,
    client: createTRPCClient<ConsoleRouter>({ links: [link] }),
    cookie: () => cookie,
  }
}

/** A browser that has opened the printed address. */
export async function operatorBrowser(simulator: Simulator) {
  const browser = consoleBrowser(simulator)
  const token = new URL(simulator.consoleAddress()).hash.replace('#token=', '')
  await browser.client.session.exchangeToken.mutate({ token })
  return browser
}
