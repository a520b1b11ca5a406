import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string
  readonly etag: string
  readonly body: Buffer
  /** Compressed, where that makes it smaller. */
  readonly br: Buffer | null
  readonly gzip: Buffer | null
  /** Its name holds a digest of its content. */
  readonly isHashed: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
}
const COMPRESSED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.webmanifest', '.txt'])
const HASHED = /^assets\/.+-[\w-]{8,}\.[a-z0-9]+$/
const QUALITY = 9

/** Reads and compresses every file of a folder, by its path with slashes; empty when there is no such folder. */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  const files = await Promise.all(
    paths
      .filter((path) => extname(path) !== '.map')
      .map(async (path) => [relative(folder, path).split(sep).join('/'), await readPageFile(folder, path)] as const),
  )
  return new Map(files)
}

async function readPageFile(folder: string, path: string): Promise<PageFile> {
  const body = await readFile(path)
  const extension = extname(path).toLowerCase()
  const squeezed = COMPRESSED.has(extension) ? await compressed(body) : { br: null, gzip: null }
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    body,
    ...squeezed,
    isHashed: HASHED.test(relative(folder, path).split(sep).join('/')),
  }
}

async function compressed(body: Buffer) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY }
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(body, { params }), promisify(gzip)(body)])
  return { br: br.length < body.length ? br : null, gzip: zipped.length < body.length ? zipped : null }
}
