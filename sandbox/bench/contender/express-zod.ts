import { createServer, type Server } from 'node:http'
import { ActivateRequest, ListUsersInput, StatsInput, TenantInput } from '@mt-paas/server/contract'
import express from 'express'
import { API_KEY, answers, KEY_HEADER } from '../service/answers.ts'

/** Express 5, inputs checked by zod. */
export function expressZod(): Server {
  const app = express().disable('x-powered-by').disable('etag')
  app.get('/mt/health', (_req, res) => {
    res.json(answers.health())
  })
  app.use('/mt/tenant', (req, res, next) => {
    if (req.headers[KEY_HEADER] === API_KEY) next()
    else res.status(401).json({ success: false })
  })
  app.get('/mt/tenant/:tenant_id/status', (req, res) => {
    res.json(answers.status(TenantInput.parse(req.params).tenant_id))
  })
  app.get('/mt/tenant/:tenant_id/stats', (req, res) => {
    const { tenant_id, period } = StatsInput.parse({ ...req.query, ...req.params })
    res.json(answers.stats(tenant_id, period))
  })
  app.get('/mt/tenant/:tenant_id/users', (req, res) => {
    res.json(answers.users(ListUsersInput.parse({ ...req.query, ...req.params })))
  })
  app.post('/mt/tenant/:tenant_id/activate', express.json(), (req, res) => {
    res.json(answers.activate(ActivateRequest.parse(req.body)))
  })
  return createServer(app)
}
