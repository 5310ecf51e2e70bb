// Are the files small, ours alone, and left alone while nothing changes?
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { asset, assetFile, type Encoding, encodingFor } from '../app/ui/assets.server.ts'
import { buildAssets } from './assets.ts'

beforeAll(async () => {
  await buildAssets()
})

const read = async (name: string) => {
  const file = await assetFile(asset(name).replace('/assets/', ''))
  if (!file) throw new Error(`${name} is not there`)
  return file
}

test('a second build changes nothing and costs little', async () => {
  const started = performance.now()
  expect((await buildAssets()).built).toBe(false)
  expect(performance.now() - started).toBeLessThan(500)
})

test('the address of a file changes with its content, so it may be kept for ever', async () => {
  expect(asset('theme.css')).toMatch(/^\/assets\/theme\.[0-9a-f]{10}\.css$/)
  expect((await read('theme.css')).cacheControl).toContain('immutable')
  expect((await read('ui.js')).type).toContain('javascript')
  expect((await read('inter-common.woff2')).type).toBe('font/woff2')
})

test('only what was built is ever served', async () => {
  expect(await assetFile('manifest.json')).toBeNull()
  expect(await assetFile('../../package.json')).toBeNull()
  expect(() => asset('nothing.css')).toThrow('nothing.css')
})

test('the style sheet asks nobody else for anything, and wears nobody else’s letters', async () => {
  const css = new TextDecoder().decode((await read('theme.css')).body)
  expect(css).not.toContain('GDS Transport')
  const addresses = [...css.matchAll(/url\("?([^")]+)"?\)/g)]
  expect(addresses).toHaveLength(6)
  for (const [, address = ''] of addresses) {
    expect(address).toMatch(/^\/assets\//)
    expect(await assetFile(address.replace('/assets/', ''))).not.toBeNull()
  }
})

test('what every page loads fits in 20 kB of style, 20 kB of script and 20 kB of letters', async () => {
  const size = async (name: string, how: Encoding | null) =>
    (await assetFile(asset(name).replace('/assets/', ''), how))?.body.length ?? Number.POSITIVE_INFINITY
  for (const how of ['br', 'gzip'] as const) {
    expect(await size('theme.css', how)).toBeLessThan(20_000)
    expect(await size('ui.js', how)).toBeLessThan(20_000)
  }
  expect(await size('inter-common.woff2', null)).toBeLessThan(20_000)
})

test('a file comes packed as the browser asks, and opens to the same', async () => {
  const name = asset('ui.js').replace('/assets/', '')
  const plain = await read('ui.js')
  for (const [asked, encoding, open] of [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, br;q=0', 'gzip', gunzipSync],
  ] as const) {
    const file = await assetFile(name, encodingFor(asked))
    expect(file?.encoding).toBe(encoding)
    expect(new Uint8Array(open(file?.body ?? ''))).toEqual(plain.body)
  }
  expect(encodingFor('identity')).toBeNull()
  expect(encodingFor(undefined)).toBeNull()
})

test('what few pages use is in no script of every page, and is there when it is asked for', async () => {
  const script = new TextDecoder().decode((await read('ui.js')).body)
  const parts = [...script.matchAll(/import\("\.\/([\w.-]+)"\)/g)].map(([, name = '']) => name)
  expect(parts).toHaveLength(2)
  for (const part of parts) expect(script).toContain((await assetFile(part)) === null ? 'missing' : part)
  expect(script).not.toContain('moj-datepicker__calendar')
})
