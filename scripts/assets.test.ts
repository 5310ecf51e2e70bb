// Are the files small, ours alone, and left alone while nothing changes?
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { asset, assetFile } from '../app/ui/assets.server.ts'
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
  expect((await read('inter-latin.woff2')).type).toBe('font/woff2')
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
  expect(addresses).toHaveLength(3)
  for (const [, address = ''] of addresses) {
    expect(address).toMatch(/^\/assets\//)
    expect(await assetFile(address.replace('/assets/', ''))).not.toBeNull()
  }
})

test('what every page loads fits in 20 kB of style and 20 kB of script', async () => {
  const size = async (name: string) => gzipSync((await read(name)).body).length
  expect(await size('theme.css')).toBeLessThan(20_000)
  expect((await size('ui.js')) + (await size('drafts.js'))).toBeLessThan(20_000)
})
