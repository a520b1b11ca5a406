import { describe, expect, it } from 'vitest'
import type { ConsoleMeta } from '../../console/console-procedure.ts'
import { consoleRouter } from '../../console/console-router.ts'
import { commandTable } from '../command-table.ts'

interface Procedure {
  readonly _def: { readonly type: string; readonly meta?: ConsoleMeta }
}

const commands = commandTable.flatMap((spec) => ('commands' in spec ? spec.commands : [spec]))
/** By dotted name, as tRPC keeps them. */
const procedures = Object.entries(consoleRouter._def.procedures as unknown as Record<string, Procedure>)

describe('the commands of the market', () => {
  it('are there for every mutation that is no matter of a browser', () => {
    const mutations = procedures.flatMap(([name, { _def }]) => (_def.type === 'mutation' ? [name] : []))
    const called = new Set(commands.flatMap(({ operations = [] }) => operations))
    const browser = ['session.exchangeToken', 'session.login', 'session.changePassword', 'session.logout']
    expect(mutations.filter((name) => !called.has(name)).sort()).toEqual(browser.sort())
  })

  it('call operations that exist, where they are', () => {
    const routes = new Map(procedures.map(([name, { _def }]) => [name, _def.meta?.openapi]))
    for (const { call, operations = [] } of commands) {
      for (const name of operations) expect([...routes.keys()]).toContain(name)
      if (call) expect(routes.get(call.operation)).toMatchObject({ method: call.method, path: call.path })
    }
  })
})
