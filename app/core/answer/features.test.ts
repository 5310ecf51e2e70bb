// Is everything that a browser of today lets a page ask for shut off, but the passkeys, on every page and where there is no room for one?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openSite, type Site } from '../../../test/site.ts'
import { permissionsPolicy } from './features.ts'

vi.setConfig({ testTimeout: 60_000 })

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('a page of ours may use passkeys, and nothing else of the device', async () => {
  const page = await site.as(null)
  await page.goto('/sign-in')
  const allowed = await page.evaluate('document.featurePolicy.allowedFeatures().sort()')
  expect(allowed).toEqual(['publickey-credentials-create', 'publickey-credentials-get'])
  const known = (await page.evaluate('document.featurePolicy.features()')) as string[]
  expect(known.length).toBeGreaterThan(50)
  const named = permissionsPolicy.split(', ').map((one) => one.split('=')[0])
  expect(known.filter((name) => !named.includes(name))).toEqual([])
})

test('what only phones know is named as well, and nothing twice', () => {
  const named = permissionsPolicy.split(', ')
  for (const one of ['bluetooth=()', 'web-share=()', 'camera=()', 'geolocation=()']) expect(named).toContain(one)
  expect(new Set(named).size).toBe(named.length)
})
