// Does a second look hold together in a browser: found by the rules, read on a phone, judged at a desk, counted?
import { afterAll, beforeAll, expect, test } from 'vitest'
import '../../routes.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { givenCases, logged, quiet } from '../../../test/watch.ts'
import { goThroughRules } from '../../cases/views/rounds.server.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  const cases = await givenCases(cast, 4)
  await quiet(cast)
  await logged(cast, 'mall', cases[0] ?? '', { action: 'case.reveal' })
  for (const id of cases) await logged(cast, 'mall', id)
  for (let nth = 0; nth < 6; nth++) await logged(cast, 'lou', cases[3] ?? '', { result: 'denied' })
  for (let nth = 0; nth < 5; nth++) await logged(cast, 'kim', null, { action: 'relation.person' })
  await goThroughRules(cast.sys)
}, 60_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('on the first page it waits; on a phone it is read and judged for a reason, and nothing typed is lost', async () => {
  const aino = await site.as('aino', { width: 390 })
  await aino.goto('/')
  await look(aino, 'watch-home-390')
  await aino.getByRole('link', { name: 'tähelepanekut ootab sinu hinnangut' }).click()
  await look(aino, 'watch-390')
  await aino.getByRole('link', { name: 'Isikuandmed ilma tööülesandeta' }).click()
  await look(aino, 'watch-finding-390')
  await aino.getByRole('link', { name: 'Anna hinnang' }).click()
  await aino.getByLabel('Selgitatud', { exact: true }).check()
  await aino.getByLabel('Millel hinnang põhineb').fill('lühike')
  await aino.getByRole('button', { name: 'Salvesta hinnang' }).click()
  expect(await aino.locator('#words-error').textContent()).toContain('10')
  expect(await aino.getByLabel('Selgitatud', { exact: true }).isChecked()).toBe(true)
  await look(aino, 'watch-judge-390')
  await aino.getByLabel('Millel hinnang põhineb').fill('Näidis: juht palus tal kontakti kontrollida.')
  await aino.getByRole('button', { name: 'Salvesta hinnang' }).click()
  expect(await aino.getByText('Hinnang on salvestatud.').count()).toBe(1)
}, 120_000)

test('at a desk, without scripts, an incident is named, with the day until which the authority has to hear of it', async () => {
  const aino = await site.as('aino')
  const plain = await site.as('aino', { scripts: false })
  await aino.goto('/watch')
  await look(aino, 'watch')
  await plain.goto('/watch')
  await plain.getByRole('link', { name: 'Korduvad keeldumised' }).click()
  expect(await plain.getByText('6 keeldumist').count()).toBe(1)
  const address = plain.url()
  await plain.getByRole('link', { name: 'Anna hinnang' }).click()
  await aino.goto(plain.url())
  await look(aino, 'watch-judge')
  await plain.getByLabel('Selgituseta: intsident').check()
  await plain.getByLabel('Millel hinnang põhineb').fill('Näidis: ta ei osanud seda seletada.')
  await plain.getByRole('button', { name: 'Salvesta hinnang' }).click()
  expect(await plain.getByText('Andmekaitse Inspektsioonile').count()).toBe(1)
  await aino.goto(address)
  await look(aino, 'watch-incident')
  await aino.goto('/watch')
  const row = aino.getByRole('row').filter({ hasText: 'Korduvad keeldumised' })
  expect(await row.filter({ hasText: 'Selgituseta: intsident' }).count()).toBe(1)
  await look(aino, 'watch-after')
  await aino.goto('/settings')
  expect(await aino.getByText('Logi läbivaatamine').count()).toBe(1)
  const kim = await site.as('kim')
  await kim.goto('/settings')
  expect(await kim.getByText('Logi läbivaatamine').count()).toBe(0)
  expect((await kim.goto('/watch'))?.status()).toBe(403)
}, 120_000)
