import type { Exchange } from '@mt-paas/server'
import { SESSION_SECONDS } from './sessions.ts'

type Koa = Exchange['koa']

/** The session that a request carries; empty when none. Browsers share cookies between ports, so the name has it. */
export function sessionOf(koa: Koa): string {
  const name = `${cookieName(koa)}=`
  const found = (koa.req.headers.cookie ?? '').split(';').find((one) => one.trimStart().startsWith(name))
  return found?.trim().slice(name.length) ?? ''
}

/** Hands a session to the browser, out of reach of scripts and of other sites. */
export function setSession(koa: Koa, session: string): void {
  koa.res.setHeader('Set-Cookie', `${cookieName(koa)}=${session}; ${attributes(koa)}; Max-Age=${SESSION_SECONDS}`)
}

/** Takes the session back. */
export function clearSession(koa: Koa): void {
  koa.res.setHeader('Set-Cookie', `${cookieName(koa)}=; ${attributes(koa)}; Max-Age=0`)
}

function cookieName({ req }: Koa): string {
  return `mt_paas_console_${req.socket.localPort ?? 0}`
}

function attributes({ secure }: Koa): string {
  return `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
