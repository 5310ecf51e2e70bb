// Under which address is a style sheet, script or font found, and which bytes stand behind it?
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

const folder = join(import.meta.dirname, '../../.build/assets')
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export type AssetFile = { body: Uint8Array<ArrayBuffer>; type: string; encoding: Encoding | null; cacheControl: string }
export type Encoding = 'br' | 'gzip'

let manifest: Record<string, string> | undefined
const kept = new Map<string, AssetFile>()

/** `theme.css` → `/assets/theme.3f2a91c0.css`. Throws where the assets were not built or the name is unknown. */
export function asset(name: string): string {
  const file = names()[name]
  if (!file) throw new Error(`no such asset: ${name}`)
  return `/assets/${file}`
}

/** Which way of packing does this browser understand, the closest first? `accepted` is its `Accept-Encoding`. */
export function encodingFor(accepted: string | undefined): Encoding | null {
  const named = (accepted ?? '')
    .split(',')
    .filter((one) => !/;\s*q=0(\.0+)?\s*$/.test(one))
    .map((one) => one.split(';')[0]?.trim())
  return named.includes('br') ? 'br' : named.includes('gzip') ? 'gzip' : null
}

/** The file behind `/assets/<name>`, packed as asked where it is kept so; null where there is none. Only names of the manifest are ever opened. */
export async function assetFile(name: string, wanted: Encoding | null = null): Promise<AssetFile | null> {
  const encoding = name.endsWith('.woff2') ? null : wanted
  const path = encoding ? `${name}.${encoding === 'br' ? 'br' : 'gz'}` : name
  const known = kept.get(path)
  if (known) return known
  if (!Object.values(names()).includes(name)) return null
  const file: AssetFile = {
    body: new Uint8Array(await readFile(join(folder, path))),
    encoding,
    type: types[extname(name)] ?? 'application/octet-stream',
    // The name changes with the content, so a copy never grows old.
    cacheControl: 'public, max-age=31536000, immutable',
  }
  kept.set(path, file)
  return file
}

function names(): Record<string, string> {
  manifest ??= JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>
  return manifest
}
