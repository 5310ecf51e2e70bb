// Can a case be brought, assessed and looked at in a real browser, also without scripts – and does no page tell a name?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerPages, referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../test/site.ts'
import { today } from '../core/clock.server.ts'
import { formatDate } from '../i18n/format.ts'

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

test('with scripts off a referral survives a wrong answer, the way back and a pause, and becomes a case', async () => {
  const page = await site.as('lea', { width: 390, scripts: false })
  const next = () => page.getByRole('button', { name: 'Edasi' }).click()
  await page.goto('/cases/new')
  await page.getByRole('button', { name: 'Alusta' }).click()
  await next()
  await page.getByRole('link', { name: 'Vali üks vastus.' }).waitFor()
  await page.getByLabel('Politsei').check()
  await next()
  await page.getByLabel('Eesnimi').fill('Näidis-Anna')
  await page.getByLabel('Perekonnanimi').fill('Näidis-Org')
  await page.getByLabel('Sünniaasta').fill('1985')
  await page.getByLabel('Suhtluskeel').selectOption('ru')
  await next()
  await page.getByRole('link', { name: 'Tagasi' }).click()
  expect(await page.getByLabel('Eesnimi').inputValue()).toBe('Näidis-Anna')
  await next()
  await page.getByLabel('Kes ta kannatanule on?').first().fill('Endine abikaasa')
  await next()
  await page.getByRole('link', { name: 'Jätkan hiljem' }).click()
  await page.goto('/cases/new')
  await page.getByRole('link', { name: 'Jätka' }).first().click()
  await page.getByRole('link', { name: 'Jätka' }).click()
  await page.getByLabel('Mitu alaealist last peres on?').fill('0')
  await next()
  await page.getByLabel('Jah', { exact: true }).check()
  await next()
  await page.getByRole('link', { name: 'Kirjuta siia vastus.' }).first().waitFor()
  await page.getByLabel('Kes ta kannatanule on?').first().fill('Näidis-ema')
  await page.getByLabel('Miks ta on ohus?').first().fill('Elab samas majas.')
  await page.getByText('Lisa 2. inimene').click()
  await page.getByLabel('Kes ta kannatanule on?').nth(1).fill('Näidis-vend')
  await page.getByLabel('Miks ta on ohus?').nth(1).fill('Teda on ähvardatud.')
  await next()
  await page.getByLabel('Ohutu number või muu viis').fill('Sõbra kaudu')
  await page
    .getByRole('group', { name: /^Helistamine/ })
    .getByLabel('Ei ole ohutu')
    .check()
  await page
    .getByRole('group', { name: /^Teise inimese kaudu/ })
    .getByLabel('Ohutu', { exact: true })
    .check()
  await next()
  await page.getByLabel('Kõik tööpäevad').fill('õhtuti')
  await next()
  await page.getByRole('link', { name: 'Kirjuta kellaajad nii: 9–12, 14–17' }).waitFor()
  expect(await page.getByLabel('Kõik tööpäevad').inputValue()).toBe('õhtuti')
  await page.getByLabel('Kõik tööpäevad').fill('18–20')
  await next()
  await page.getByLabel('Kellele võib rääkida?').fill('sõber Näidis-Tiit')
  await next()
  await next()
  await page.getByText('Nende vastuste järgi näeme').waitFor()
  await page
    .getByRole('group', { name: /^Millise rahvuse/ })
    .getByLabel('Venelane')
    .check()
  await next()
  await page.getByLabel('Kannatanu soov või nõusolek').check()
  await page.getByLabel('Millal kannatanu nõusoleku andis?').fill(formatDate(today()))
  await page.getByLabel('Suuliselt').check()
  await next()
  await page.getByLabel('Miks ei saa seda lahendada MARAC-i väliselt?').fill('Vaja on politsei osalust.')
  await next()
  await page.getByRole('button', { name: 'Esita juhtum' }).click()
  await page.getByRole('heading', { level: 1, name: /^M-\d{4}-\d{3}$/ }).waitFor()
  await page.getByText('Ohus täiskasvanu 2').first().waitFor()
  expect(await page.content()).not.toMatch(/Näidis-Anna|Näidis-Org|Sõbra|Näidis-ema|samas majas/)
  await page.context().close()
})

test('a child’s year leads to the page that says whom to call, and Back brings nothing back', async () => {
  const page = await site.as('lea', { width: 390 })
  await page.goto('/cases/new')
  await page.getByRole('button', { name: 'Alusta' }).click()
  await page.getByLabel('Kool').check()
  await page.getByRole('button', { name: 'Edasi' }).click()
  await page.getByLabel('Sünniaasta').fill('2012')
  await page.getByRole('button', { name: 'Edasi' }).click()
  await page.getByRole('heading', { name: 'Laps vajab lastekaitse abi' }).waitFor()
  expect(await page.getByRole('link', { name: '116 111' }).getAttribute('href')).toBe('tel:116111')
  await expectAccessible(page)
  expect((await page.goBack())?.status()).toBe(404)
  await page.context().close()
})

test('on a phone the risk is assessed; what is missing is said, what was answered stays', async () => {
  const id = await referCase(cast.lea)
  const page = await site.as('lea', { width: 390, scripts: false })
  await page.goto(`/cases/${id}/assess`)
  await page
    .getByRole('group', { name: /koos kannatanuga/ })
    .getByLabel('Jah')
    .check()
  const yes = page.locator('input[name^="answers."][value=yes]')
  const no = page.locator('input[name^="answers."][value=no]')
  expect(await yes.count()).toBe(24)
  // The first is forgotten, the second is a yes, the rest a no.
  for (let index = 1; index < 24; index++) await (index === 1 ? yes : no).nth(index).check({ force: true })
  await page.getByRole('button', { name: 'Salvesta lõplikuna' }).click()
  await page.getByRole('link', { name: 'Vali üks vastus.' }).waitFor()
  expect(await yes.nth(1).isChecked()).toBe(true)
  await page.getByRole('group', { name: /^1\. / }).getByLabel('Ei tea').check()
  await page.getByLabel(/professionaalse hinnangu järgi/).check()
  await page.getByLabel('Professionaalse hinnangu põhjendus').fill('Kannatanu kardab iga sammu.')
  await page.getByRole('button', { name: 'Salvesta lõplikuna' }).click()
  await page.getByText('Risk on kõrge. Teavita ohvriabitöötajat').waitFor()
  await page.context().close()
  const seen = await site.as('lea', { width: 390 })
  for (const side of ['assess', 'risk']) {
    await seen.goto(`/cases/${id}/${side}`)
    await expectAccessible(seen)
  }
  await seen.context().close()
})

test('no page tells who it is about until somebody says why; then it stands on one page that nobody keeps', async () => {
  const id = await referCase(cast.lea, { victim: { nationalId: '60001019906', birthYear: '' } })
  const page = await site.as('kim', { width: 1280 })
  const secret = /Anna|Näidis-Org|Igor|60001019906|5550|Näidislinna/
  for (const side of ['', '/risk', '/timeline', '/support']) {
    await page.goto(`/cases/${id}${side}`)
    expect(await page.content()).not.toMatch(secret)
    expect(await page.title()).toBe('Juhtum – Tugivõrk')
  }
  await page.goto(`/cases/${id}`)
  await page.getByRole('link', { name: /Näita.*Kannatanu/ }).click()
  await page.getByRole('button', { name: 'Näita' }).click()
  await page.getByRole('link', { name: /Kirjuta põhjus/ }).waitFor()
  await page.getByLabel('Miks sul neid andmeid vaja on?').fill('Võrgustiku juht on haige')
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    page.getByRole('button', { name: 'Näita' }).click(),
  ])
  expect(answer.headers()['cache-control']).toBe('no-store')
  await page.getByText('60001019906').waitFor()
  expect([await page.title(), page.url()].join(' ')).not.toMatch(secret)
  await expectAccessible(page)
  await page.context().close()
})

test('strangers get the same page as for a case that does not exist', async () => {
  const id = await referCase(cast.lea)
  const journey = await answerPages(cast.lea)
  const max = await site.as('max', { width: 1280 })
  for (const path of [
    `/cases/${id}`,
    `/cases/${id}/risk`,
    `/cases/${crypto.randomUUID()}`,
    '/cases/x',
    `/cases/new/${journey}/check`,
  ]) {
    expect((await max.goto(path))?.status()).toBe(404)
  }
  await max.context().close()
  const lou = await site.as('lou', { width: 390 })
  for (const path of ['/cases', `/cases/${id}`, '/cases/new']) expect((await lou.goto(path))?.status()).toBe(403)
  await lou.context().close()
})

test('whoever works outside the networks goes on with what was begun, sends it, adds to it and sees no case; the lead answers', async () => {
  const source = { source: 'health', referredOn: formatDate(today()), place: '0511' }
  const asked = {
    source,
    victim: { municipality: '' },
    children: { childCount: '0', told: '' },
    basis: { consentOn: formatDate(today()) },
  }
  await answerPages(cast.piret, asked)
  const page = await site.as('piret', { width: 390 })
  await page.goto('/')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Jätka' }).click()
  await page.getByText('Juhtum läheb: Ida-Viru võrgustik.').waitFor()
  await page.getByText('Narva linn').waitFor()
  await page.getByRole('button', { name: 'Esita juhtum' }).click()
  await page.getByText('Kohale jõudnud', { exact: true }).waitFor()
  expect(await page.content()).not.toMatch(/M-\d{4}-\d{3}|Anna|Näidis-Org/)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Lisan teavet' }).click()
  await page.getByLabel('Mida sa teada said?').fill('Näidis: ta on tagasi.')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Saada võrgustikule' }).click()
  await page.getByText('Lisatud teave jõudis kohale.').waitFor()
  expect((await page.goto('/cases'))?.status()).toBe(403)
  await page.context().close()
  const lead = await site.as('lea', { width: 1280 })
  await lead.goto('/')
  await lead.getByRole('listitem').filter({ hasText: 'vasta juhtumi esitajale' }).getByRole('link').first().click()
  await lead.getByText('Näidis: ta on tagasi.').waitFor()
  await lead.getByText('piret@naidis.example').waitFor()
  await expectAccessible(lead)
  await lead.getByRole('link', { name: 'Vasta esitajale' }).click()
  await lead.getByLabel('Jah, võtame töösse').check()
  await lead.getByRole('button', { name: 'Saada vastus' }).click()
  await lead.getByText('Võeti töösse').waitFor()
  await lead.context().close()
})
