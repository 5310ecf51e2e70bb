// Does a support person say on a phone what she takes on, and does the coordinator see at the desk what follows from it?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'

vi.setConfig({ testTimeout: 120_000 })
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

test('what she does not do is not asked of her, and what would do instead is said', async () => {
  const own = await site.as('lou', { width: 390 })
  own.setDefaultTimeout(15_000)
  await own.goto('/my-profile')
  await own.getByRole('link', { name: 'Mida ma enda peale võtan' }).click()
  await own.getByLabel('Ainult oma vallas või linnas').check()
  await own.getByLabel('Tööpäeval pärast kella 17').check()
  await own.getByLabel('Politseisse ja kohtusse kaasa minek').check()
  await look(own, 'limits-390')
  await own.getByRole('button', { name: 'Salvesta' }).click()
  await own.getByText('Kirjas. Sobitamine arvestab').waitFor()
  await own.getByText('Ei tee: politseisse ja kohtusse kaasa minek').waitFor()

  const id = await referCase(cast.lea, {})
  const lead = await site.as('lea', { width: 390 })
  lead.setDefaultTimeout(15_000)
  await lead.goto(`/cases/${id}/need`)
  await lead.getByLabel('Soovib tugiisikut').check()
  await lead.getByLabel('Politseisse ja kohtusse kaasa minek').check()
  await lead.getByLabel('Nädalavahetusel').check()
  await look(lead, 'need-390')
  await lead.getByRole('button', { name: 'Salvesta' }).click()
  await lead.getByText('Mida on kindlasti vaja?').waitFor()

  const desk = await site.as('kim')
  desk.setDefaultTimeout(15_000)
  const { rows } = await cast.admin.query('select id from need where case_id = $1', [id])
  await desk.goto(`/matching/${rows[0]?.id}`)
  await desk.getByText('ei tee: politseisse ja kohtusse kaasa minek').waitFor({ state: 'attached' })
  expect(await desk.content()).toContain('ajad ei klapi')
  await look(desk, 'need-1280')
  await desk.goto(`/volunteers/${cast.volunteer}/limits`)
  expect(await desk.getByLabel('Tööpäeval pärast kella 17').isChecked()).toBe(true)
  await look(desk, 'limits-1280')
})
