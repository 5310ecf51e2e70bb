// Does a conflict of interest hold together in a browser: told on a phone, closed without a word, seen and lifted by two?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { tellOfWalls } from './walls.server.ts'

let cast: Cast
let site: Site
let number: string
let id: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  id = await referCase(cast.lea, { perpetrator: { relation: 'Elukaaslane', nationalId: '38001085718' } })
  number = (await cast.admin.query('select number from case_file where id = $1', [id])).rows[0].number
  // Peep plays the second data protection officer here, and has no other role.
  await cast.admin.query(`update person_role set role = 'auditor' where person_id = $1`, [cast.peep.id])
}, 60_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('Mall tells of a brother on her phone, scripts off; a slip is mended, and his case is gone without a word', async () => {
  const mall = await site.as('mall', { width: 390, scripts: false })
  await mall.goto(`/cases/${id}`)
  expect(await mall.locator('h1').textContent()).toBe(number)
  await mall.goto('/account')
  await mall.getByRole('link', { name: 'Lähedased ja huvide konflikt' }).click()
  await mall.getByRole('link', { name: 'Lisa lähedane' }).click()
  await mall.getByLabel('Isikukood').fill('38001085719')
  await mall.getByLabel('Õde või vend').check()
  await mall.getByLabel('Kuidas teda siin nimetada').fill('vend')
  await mall.getByRole('button', { name: 'Anna teada' }).click()
  expect(await mall.locator('#personalCode-error').textContent()).toContain('See ei ole õige isikukood')
  expect(await mall.getByLabel('Kuidas teda siin nimetada').inputValue()).toBe('vend')
  await mall.getByLabel('Isikukood').fill('38001085718')
  await mall.getByRole('button', { name: 'Anna teada' }).click()
  expect(await mall.getByText('Aitäh, see on kirjas').count()).toBe(1)
  expect(await mall.getByText('38001085718').count()).toBe(0)
  const gone = await mall.goto(`/cases/${id}`)
  expect(gone?.status()).toBe(404)
}, 120_000)

test('the pages on which one tells and takes back are usable by everybody, at both widths', async () => {
  for (const width of [390, 1280] as const) {
    const mall = await site.as('mall', { width })
    await mall.goto('/account/relations')
    await look(mall, `relations-${width}`)
    await mall.getByRole('link', { name: 'Lisa juhtumi number' }).click()
    await look(mall, `relations-case-${width}`)
    await mall.goto('/account/relations/new')
    await look(mall, `relations-new-${width}`)
    await mall.goto('/account/relations')
    await mall.getByRole('link', { name: 'Eemalda' }).click()
    await look(mall, `relations-remove-${width}`)
    await mall.context().close()
  }
}, 120_000)

test('Aino is told, sees what Mall had seen, and asks; the second officer lifts it', async () => {
  await tellOfWalls(cast.sys)
  const aino = await site.as('aino')
  await aino.goto('/')
  await look(aino, 'auditor-home')
  await aino.getByRole('link', { name: 'uus huvide konflikt' }).click()
  await look(aino, 'walls')
  await aino.getByRole('link', { name: 'Mall Näidis-Maasik' }).click()
  expect(await aino.getByText('Lähedase isikukood').count()).toBe(1)
  expect(await aino.getByText(`vaatas juhtumit ${number}`).count()).toBe(1)
  await look(aino, 'wall')
  await aino.getByRole('link', { name: 'Palu piirang lõpetada' }).click()
  await aino.getByLabel('Põhjus').fill('vale kood')
  await aino.getByRole('button', { name: 'Saada otsustamiseks' }).click()
  expect(await aino.locator('#reason-error').textContent()).toContain('20')
  await look(aino, 'wall-ask')
  await aino.getByLabel('Põhjus').fill('Näidis: isikukood oli valesti sisestatud.')
  await aino.getByRole('button', { name: 'Saada otsustamiseks' }).click()
  expect(await aino.getByText('Otsuse teeb keegi teine').count()).toBe(1)

  const second = await site.as('peep', { width: 390 })
  await second.goto('/')
  await second.getByRole('link', { name: 'huvide konflikt ootab sinu otsust' }).click()
  await look(second, 'walls-390')
  await second.getByRole('link', { name: 'Mall Näidis-Maasik' }).click()
  await look(second, 'wall-decide-390')
  await second.getByRole('button', { name: 'Lõpeta piirang' }).click()
  expect(await second.getByText('Piirang on lõpetatud.').count()).toBe(1)
  const mall = await site.as('mall')
  expect((await mall.goto(`/cases/${id}`))?.status()).toBe(200)
}, 120_000)
