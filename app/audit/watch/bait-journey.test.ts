// Does a bait hold together in a browser: opened out of curiosity, a calm word to the network, found, judged, and everything goes on?
import { afterAll, beforeAll, expect, test } from 'vitest'
import '../../routes.ts'
import { baitsIn, givenBaits, givenLongAgo } from '../../../test/bait.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  await referCase(cast.lea)
  await givenLongAgo(cast, cast.networks.ida, { 'M-2023-004': '2023-02-11', 'M-2023-011': '2023-08-30' })
  await givenBaits(cast)
}, 60_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

const numberOf = async () => (await baitsIn(cast, cast.networks.ida))[0]?.number ?? ''

test('a lead opens one among the closed cases; it is a page like others, and what is searched afterwards waits with a calm word', async () => {
  const number = await numberOf()
  const lea = await site.as('lea')
  await lea.goto('/cases?status=closed')
  await look(lea, 'bait-list')
  await lea.getByRole('link', { name: number }).click()
  expect(await lea.locator('h1').textContent()).toBe(number)
  await look(lea, 'bait-case')
  await lea.getByRole('link', { name: 'Ajajoon' }).click()
  await look(lea, 'bait-timeline')
  const answer = await lea.goto(`/cases?number=2023&status=all`)
  expect(answer?.status()).toBe(429)
  expect(answer?.headers()['retry-after']).toBe('3600')
  expect(await lea.getByText('Juhtumite ja kohtumistega saad edasi töötada').count()).toBe(1)
  await look(lea, 'bait-stopped')
  const phone = await site.as('mall', { width: 390 })
  await phone.goto('/cases?number=2023')
  await look(phone, 'bait-stopped-390')
  // Without a search the list and everything in it are there.
  expect((await phone.goto('/cases'))?.status()).toBe(200)
}, 120_000)

test('the data protection officer reads it on a phone, judges, and everything goes on', async () => {
  const aino = await site.as('aino', { width: 390 })
  await aino.goto('/')
  await aino.getByRole('link', { name: 'tähelepanek ootab sinu hinnangut' }).click()
  await aino.getByRole('link', { name: 'Avati peibutisjuhtum' }).click()
  expect(await aino.getByText('Otsing ja väljavõtted seisavad').count()).toBe(1)
  await look(aino, 'bait-finding-390')
  await aino.getByRole('link', { name: 'Anna hinnang' }).click()
  await aino.getByLabel('Selgitatud', { exact: true }).check()
  await aino.getByLabel('Millel hinnang põhineb').fill('Näidis: korrastas suletud juhtumite loendit.')
  await look(aino, 'bait-judge-390')
  await aino.getByRole('button', { name: 'Salvesta hinnang' }).click()
  expect(await aino.getByText('Otsing ja väljavõtted seisavad').count()).toBe(0)
  const lea = await site.as('lea')
  expect((await lea.goto('/cases?number=2023&status=all'))?.status()).toBe(200)
}, 120_000)

test('she sees which there are, and without scripts takes one away; nobody else has the page', async () => {
  const aino = await site.as('aino')
  await aino.goto('/watch')
  await aino.getByRole('link', { name: 'Peibutisjuhtumid' }).click()
  await look(aino, 'bait-page')
  const narrow = await site.as('aino', { width: 390 })
  await narrow.goto('/watch/baits')
  await look(narrow, 'bait-page-390')
  const phone = await site.as('aino', { width: 390, scripts: false })
  await phone.goto('/watch/baits')
  const number = await numberOf()
  await phone.getByRole('button', { name: number }).click()
  expect(await phone.getByText('Juhtum ei ole enam peibutis.').count()).toBe(1)
  expect(await phone.getByRole('button', { name: number }).count()).toBe(0)
  for (const who of ['ott', 'kim', 'lea'] as const)
    expect((await (await site.as(who)).goto('/watch/baits'))?.status()).toBe(403)
}, 120_000)
