import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { answerParent } from '../run/child-messages.ts'
import { answers } from '../service/answers.ts'

const [, , count = '200', delay = '50'] = process.argv
const health = JSON.stringify(answers.health())
const envelope = `{"result":{"data":${health}}}`

/** A service that takes its time for every answer. */
function slowService(): Server {
  return createServer((req, res) => {
    setTimeout(() => {
      res.setHeader('Content-Type', 'application/json')
      res.end(req.url?.startsWith('/mt/trpc/') ? envelope : health)
    }, Number(delay))
  })
}

const ports: number[] = []
for (let at = 0; at < Number(count); at++) {
  const server = slowService()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address === 'object' && address) ports.push(address.port)
}
answerParent({ ports: () => ports })
