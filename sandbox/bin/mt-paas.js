#!/usr/bin/env node
import module from 'node:module'
import { complaintAboutNode } from './node-version.js'

const complaint = complaintAboutNode(process.versions.node)
if (complaint) {
  console.error(complaint)
  process.exit(2)
}
// What was compiled once is read from a folder for temporary files; `NODE_DISABLE_COMPILE_CACHE=1` does without.
module.enableCompileCache()
await import('#cli')
