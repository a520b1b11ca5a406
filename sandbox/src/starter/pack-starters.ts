import { writeFile } from 'node:fs/promises'
import { readSources, STARTER_FILE } from './starter-sources.ts'

// Run before packing: what is published holds no sources but these.
await writeFile(STARTER_FILE, JSON.stringify(await readSources()))
