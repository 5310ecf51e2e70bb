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

export type AssetFile = { body: Uint8Array<ArrayBuffer>; type: string; cacheControl: string }

let manifest: Record<string, string> | undefined
const kept = new Map<string, AssetFile>()

/** `theme.css` → `/assets/theme.3f2a91c0.css`. Throws where the assets were not built or the name is unknown. */
export function asset(name: string): string {
  const file = names()[name]
  if (!file) throw new Error(`no such asset: ${name}`)
  return `/assets/${file}`
}

/** The file behind `/assets/<name>`; null where there is none. Only names of the manifest are ever opened. */
export async function assetFile(name: string): Promise<AssetFile | null> {
  const known = kept.get(name)
  if (known) return known
  if (!Object.values(names()).includes(name)) return null
  const file: AssetFile = {
    body: new Uint8Array(await readFile(join(folder, name))),
    type: types[extname(name)] ?? 'application/octet-stream',
    // The name changes with the content, so a copy never grows old.
    cacheControl: 'public, max-age=31536000, immutable',
  }
  kept.set(name, file)
  return file
}

function names(): Record<string, string> {
  manifest ??= JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>
  return manifest
}
