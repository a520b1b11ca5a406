#!/usr/bin/env node
import { complaintAboutNode } from './node-version.js'

const complaint = complaintAboutNode(process.versions.node)
if (complaint) {
  console.error(complaint)
  process.exit(2)
}
await import('#cli')
