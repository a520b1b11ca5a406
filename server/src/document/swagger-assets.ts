import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** One file of swagger-ui. */
export interface SwaggerAsset {
  readonly type: string
  readonly bytes: Buffer
}

/** The files of swagger-ui that the page needs. */
export interface SwaggerAssets {
  /** Version of swagger-ui; its files never change within one. */
  readonly version: string
  /** Reads a file on first use; undefined for every name that is not on the list. */
  read(name: string): Promise<SwaggerAsset> | undefined
}

const types: ReadonlyMap<string, string> = new Map([
  ['favicon-32x32.png', 'image/png'],
  ['index.css', 'text/css; charset=utf-8'],
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
])

/** Finds the installed swagger-ui. */
export function swaggerAssets(): SwaggerAssets {
  const require = createRequire(import.meta.url)
  const { version }: { readonly version: string } = require('swagger-ui-dist/package.json')
  const kept = new Map<string, Promise<SwaggerAsset>>()

  async function load(name: string, type: string): Promise<SwaggerAsset> {
    return { type, bytes: await readFile(require.resolve(`swagger-ui-dist/${name}`)) }
  }

  return {
    version,
    read(name) {
      const type = types.get(name)
      if (type === undefined) return undefined
      const known = kept.get(name)
      if (known) return known
      const asset = load(name, type)
      kept.set(name, asset)
      asset.catch(() => kept.delete(name))
      return asset
    },
  }
}
