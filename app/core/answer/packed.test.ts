// Do pages travel small to those who asked for them, and to nobody else?
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildAssets } from '../../../scripts/assets.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { createApp } from '../../app.tsx'
import { asset, assetFile } from '../../ui/assets.server.ts'
import { logTo } from '../log.server.ts'
import type { Env } from '../page.tsx'
import { csrfMatches, csrfToken } from '../session.server.ts'

const origin = 'http://localhost:3000'
const browser = { 'accept-encoding': 'gzip, deflate, br, zstd', 'sec-fetch-site': 'same-origin' }
let cast: Cast
let app: Hono<Env>

beforeAll(async () => {
  await buildAssets()
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
})
afterAll(() => cast.close())

const ask = (who: CastName, path: string, headers: Record<string, string>) =>
  app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies[who]}`, ...headers } })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

test('a page comes packed to whoever came by herself or from a page of ours, and opens to the same', async () => {
  const title = '<h1>Juhtumid</h1>'
  expect(await (await ask('lea', '/cases', {})).text()).toContain(title)
  for (const site of ['same-origin', 'none']) {
    const answer = await ask('lea', '/cases', { ...browser, 'sec-fetch-site': site })
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(brotliDecompressSync(await bytesOf(answer)).toString('utf8')).toContain(title)
  }
  const older = await ask('lea', '/cases', { ...browser, 'accept-encoding': 'gzip' })
  expect(gunzipSync(await bytesOf(older)).toString('utf8')).toContain(title)
})

test('where another site asks, or nobody says who does, the length of the answer tells nothing', async () => {
  for (const site of ['cross-site', 'same-site', undefined]) {
    const headers = { 'accept-encoding': 'br', ...(site ? { 'sec-fetch-site': site } : {}) }
    expect((await ask('lea', '/cases?number=M-2026', headers)).headers.get('content-encoding')).toBeNull()
  }
})

test('the token of the forms is another on every page; each counts for its own session and no other', async () => {
  const tokens = await Promise.all(
    [1, 2].map(
      async () => /name="_csrf" value="([^"]+)"/.exec(await (await ask('lea', '/cases', {})).text())?.[1] ?? '',
    ),
  )
  expect(tokens[0]).not.toBe(tokens[1])
  for (const token of [...tokens, csrfToken(cast.lea)]) {
    expect(csrfMatches(cast.lea, token)).toBe(true)
    expect(csrfMatches(cast.mall, token)).toBe(false)
    const bytes = Buffer.from(token, 'base64url')
    // The hidden half alone, the mask alone, one bit of either, and too much.
    for (const wrong of [
      bytes.subarray(32),
      bytes.subarray(0, 32),
      flipped(bytes, 0),
      flipped(bytes, 63),
      Buffer.concat([bytes, bytes]),
    ])
      expect(csrfMatches(cast.lea, wrong.toString('base64url'))).toBe(false)
  }
  for (const nothing of ['', undefined, ['x'], 'A'.repeat(86)]) expect(csrfMatches(cast.lea, nothing)).toBe(false)
})

const flipped = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

test('a list of fifty with all that it loads is sixty kilobytes at most', async () => {
  for (let more = 0; more < 50; more++) await referCase(cast.lea)
  const page = await ask('lea', '/cases', browser)
  const html = brotliDecompressSync(await bytesOf(page.clone())).toString('utf8')
  expect(html.match(/<tr /g)?.length).toBe(51)
  const loaded = [...html.matchAll(/(?:href|src)="\/assets\/([^"]+)"/g)].map(([, name = '']) => name)
  expect(loaded.sort()).toEqual(
    ['favicon.svg', 'inter-common.woff2', 'theme.css', 'ui.js']
      .map((name) => asset(name).replace('/assets/', ''))
      .sort(),
  )
  let sum = (await bytesOf(page)).length
  for (const name of loaded) sum += (await assetFile(name, 'br'))?.body.length ?? Number.POSITIVE_INFINITY
  expect(sum).toBeLessThan(60_000)
}, 60_000)
