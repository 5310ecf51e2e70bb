// Does a support person tell of her circle on a phone, the coordinator ask and the case worker answer – each seeing no more than is theirs?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { offerSupport } from '../../cases/need/needs.server.ts'

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

test('a neighbour’s name in Russian letters keeps two apart until the case worker has spoken', async () => {
  const id = await referCase(cast.lea, {
    perpetrator: { relation: 'Endine', givenName: 'Igor', familyName: 'Näidis-Õunapuu' },
  })
  const wanted = { language: 'ru', wantedSex: 'any', fromOn: '01.12.2026', months: '8' }
  const { need } = await offerSupport.run(cast.lea, { id, offeredOn: '03.11.2026', answer: 'accepted', ...wanted })

  const own = await site.as('lou', { width: 390 })
  await own.goto('/')
  await own.getByRole('link', { name: 'Räägi oma lähedastest' }).click()
  await expectAccessible(own)
  await own.getByLabel('Nimed').fill('Lou Näidis-Lepp\nИгорь Ыунапуу')
  await own.getByLabel('Telefoninumbrid').fill('ei ütle')
  await own.getByRole('button', { name: 'Salvesta' }).click()
  await own.getByText('ei ole telefoninumber').first().waitFor()
  expect(await own.getByLabel('Nimed').inputValue()).toContain('Ыунапуу')
  await own.getByLabel('Telefoninumbrid').fill('5123 4567')
  await own.getByRole('button', { name: 'Salvesta' }).click()
  await own.getByText('näed ainult sina').first().waitFor()
  await expectAccessible(own)

  const desk = await site.as('kim', { width: 1280 })
  await desk.goto(`/matching/${need}/why/${cast.volunteer}`)
  await desk.getByText('nimi – tugev').waitFor()
  expect(await desk.content()).not.toMatch(/Õunapuu|Ыунапуу|Igor/)
  await desk.getByRole('button', { name: 'Küsi ohvriabitöötajalt' }).click()
  await desk.getByText('vastust veel ei ole').waitFor()
  await expectAccessible(desk)

  const lead = await site.as('lea', { width: 390 })
  await lead.goto('/')
  await lead.getByText('kas tugiisik võib sinu juhtumis kedagi tunda').first().waitFor()
  await lead.goto(`/cases/${id}/links`)
  await lead.getByText('Vägivallatseja: nimi').waitFor()
  expect(await lead.content()).not.toMatch(/Lou|Ыунапуу|TI-\d/)
  await expectAccessible(lead)
  await lead.getByRole('link', { name: 'Vasta' }).click()
  await expectAccessible(lead)
  await lead.getByLabel('Konflikt', { exact: true }).check()
  await lead.getByLabel('Põhjendus').fill('Sama inimene.')
  await lead.getByRole('button', { name: 'Vasta' }).click()
  await lead.getByText('Vastus on kirjas.').waitFor()

  await desk.goto('/matching/links')
  await desk.getByText('Konflikt', { exact: true }).waitFor()
  await expectAccessible(desk)
  await desk.locator(`main a[href="/matching/${need}/why/${cast.volunteer}"]`).click()
  await desk.getByText('Ohvriabitöötaja: konflikt').waitFor()
  await own.goto('/my-circle')
  expect(await own.content()).not.toMatch(/onflikt/)
})
