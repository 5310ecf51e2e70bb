// Does the coordinator see at the desk and on a phone where and by when people can renew together?
import { afterAll, beforeAll, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'

vi.setConfig({ testTimeout: 90_000 })
let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  await cast.admin.query(`update volunteer_evidence set valid_to = current_date + 100 where kind = 'contract'`)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test.each([390, 1280] as const)('the plan at %i px', async (width) => {
  const desk = await site.as('kim', { width })
  desk.setDefaultTimeout(15_000)
  await desk.goto('/papers')
  await desk.getByText('Kõigile piisab ühest päevast; vähemaga ei saa.').waitFor()
  await look(desk, `renewal-${width}`)
})
