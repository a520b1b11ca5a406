import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../simulator/start-simulator.ts'
import { consoleBrowser } from './console-client.test.support.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 })
})

afterEach(() => simulator?.close())

describe('a session', () => {
  it('begins with the printed address, once', async () => {
    const token = new URL(simulator.consoleAddress()).hash.replace('#token=', '')
    const { client } = consoleBrowser(simulator)
    await expect(client.simulator.listServices.query()).rejects.toMatchObject({ data: { httpStatus: 401 } })
    expect(await client.session.me.query()).toMatchObject({ role: 'anonymous' })
    expect(await client.session.exchangeToken.mutate({ token })).toMatchObject({ role: 'operator' })
    expect(await client.session.me.query()).toMatchObject({ role: 'operator' })
    expect(await client.simulator.listServices.query()).toEqual({ services: [] })
    await expect(consoleBrowser(simulator).client.session.exchangeToken.mutate({ token })).rejects.toMatchObject({
      data: { httpStatus: 401 },
    })
    await client.session.logout.mutate()
    expect(await client.session.me.query()).toMatchObject({ role: 'anonymous' })
  })
})
