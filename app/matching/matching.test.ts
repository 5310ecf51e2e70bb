// Can the coordinator match and assign, and the volunteer answer on a phone, scripts or not?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { type OpenNeed, openNeed } from '../../test/need.ts'
import { expectAccessible, openSite, type Site } from '../../test/site.ts'

let cast: Cast
let site: Site
let need: OpenNeed
beforeAll(async () => {
  cast = await openCast()
  need = await openNeed(cast)
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('from the proven best to a yes on a phone without scripts', async () => {
  const desk = await site.as('kim')
  await desk.goto('/matching')
  // Until it is solved the page says so and comes again by itself.
  await desk.getByText('Tõestatud parim').waitFor()
  await expectAccessible(desk)
  await desk.getByRole('link', { name: `Määra… ${need.number}` }).click()
  await desk.getByRole('button', { name: 'Küsi tugiisikult' }).click()
  await desk.getByText('Küsimus on tugiisikule saadetud.').waitFor()
  const phone = await site.as('lou', { width: 390, scripts: false })
  await phone.goto('/assignments')
  await phone.getByRole('link', { name: 'Vaata ja vasta' }).click()
  expect(await phone.title()).not.toContain(need.number)
  await phone.getByRole('button', { name: 'Nõustun toetama' }).click()
  await phone.getByText('Midagi vajab parandamist').waitFor()
  await phone.getByLabel('Kinnitan, et minu teada').check()
  await phone.getByRole('button', { name: 'Nõustun toetama' }).click()
  await phone.getByText('Näidis-Anna').waitFor()
  // The checker needs scripts, which this phone does not run; the same page on one that does.
  const other = await site.as('lou', { width: 390 })
  await other.goto(phone.url())
  await expectAccessible(other)
  // The coordinator who comes too late is told, not shown an error without words.
  const { rows } = await cast.admin.query('select volunteer_id from assignment')
  await desk.goto(`/matching/${need.id}/assign/${rows[0].volunteer_id}`)
  await desk.getByText('Sellele vajadusele on vahepeal juba keegi valitud').waitFor()
}, 90_000)
