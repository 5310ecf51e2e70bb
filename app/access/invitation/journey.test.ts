// Does the way in hold together in a browser: added, confirmed, invited, keys made, in – and back in when the keys are lost?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { makeKeys, sayCode } from '../../../test/invited.ts'
import { openPost, type Post } from '../../../test/post.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { plugIn } from '../../../test/virtual-key.ts'
import { whoBears } from '../../core/session.server.ts'

let cast: Cast
let site: Site
let post: Post

beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  post = await openPost(cast, site)
}, 60_000)
afterAll(async () => {
  await post.close()
  await site.close()
  await cast.close()
})

const heading = (page: Page) => page.locator('h1').textContent()
const saysNothing = (text: string) => {
  expect(text).not.toMatch(/Näidis|MARAC|tugi|kannatanu|vägival|juhtum|roll/i)
  expect(text).toContain('Subject: Teade')
}

let account = ''

test.each([true, false])(
  'a new colleague: asked for by one, confirmed by another, invited, and in (scripts %s)',
  async (scripts) => {
    const name = scripts ? 'Uku Näidis-Uus' : 'Ulla Näidis-Uus'
    const email = scripts ? 'uku@naidis.example' : 'ulla@naidis.example'
    const ott = await site.as('ott')
    await ott.goto('/people')
    await ott.getByRole('link', { name: 'Lisa konto' }).click()
    await ott.getByLabel('Nimi').fill(name)
    await ott.getByLabel('E-post').fill(email)
    await ott.getByLabel('Tuumiku liige').check()
    await ott.getByLabel('Põhjus').fill('Alustab Ida-Virus')
    await ott.getByRole('button', { name: 'Lisa konto' }).click()
    expect(await ott.locator('#networkId-error').textContent()).toContain('Vali võrgustik')
    expect(await ott.getByLabel('Põhjus').inputValue()).toBe('Alustab Ida-Virus')
    await ott.getByLabel('Võrgustik (valikuline)').selectOption({ label: 'Ida-Viru' })
    await ott.getByRole('button', { name: 'Lisa konto' }).click()
    account = new URL(ott.url()).pathname
    expect(await ott.getByText('Ootab kinnitust').count()).toBeGreaterThan(0)
    await expectAccessible(ott)
    // The one who asked sees it wait and cannot confirm it; the other one is told and does.
    await ott.goto('/confirmations')
    await ott.getByRole('link', { name }).first().click()
    expect(await ott.getByRole('button', { name: 'Kinnita' }).count()).toBe(0)
    const told = await post.fetch()
    for (const letter of told) saysNothing(letter.text)
    expect(told.map((letter) => letter.to)).toContain('peep@naidis.example')
    const peep = await site.as('peep', { width: 390, scripts })
    await peep.goto('/')
    expect(await peep.getByText('1 asi ootab sinu kinnitust').count()).toBe(1)
    await peep.locator('a[href="/confirmations"]').click()
    if (scripts) await expectAccessible(peep)
    await peep.getByRole('link', { name }).click()
    if (scripts) await expectAccessible(peep)
    await peep.getByRole('button', { name: 'Kinnita' }).click()
    expect(await peep.getByText('Kinnitatud. Küsija saab teate.').count()).toBe(1)
    await post.fetch()
    await ott.goto('/')
    expect(await ott.locator('.tv-tasks').textContent()).toContain('1 konto on kinnitatud, kutse saatmata')
    await ott.goto(account)
    await ott.getByRole('link', { name: 'Saada kutse' }).click()
    await expectAccessible(ott)
    await ott.getByRole('button', { name: 'Saada kutse' }).click()
    const word = ((await ott.locator('p.tv-number').textContent()) ?? '').trim()
    await expectAccessible(ott)
    const letters = await post.fetch()
    expect(letters.map((letter) => letter.to)).toEqual([email])
    saysNothing(letters[0]?.text ?? '')
    await ott.goto('/people')
    expect(await ott.locator('tr', { hasText: name }).textContent()).toContain('Kutsutud')
    const uku = await site.as(null, { width: scripts ? 390 : 1280 })
    await post.click(uku)
    // Neither the address nor the history holds the link.
    expect(new URL(uku.url()).pathname).toBe('/sign-in/invitation')
    await expectAccessible(uku)
    await sayCode(uku, word)
    await makeKeys(uku, 'lilla traktor sõidab kuule')
    await post.click(uku)
    expect(await heading(uku)).toBe('See link ei tööta')
    await expectAccessible(uku)
    await ott.goto(account)
    expect(await ott.getByText('Konto valmis').count()).toBe(1)
    expect(await ott.getByText('Peep Näidis-Pärn').count()).toBe(1)
    await ott.context().close()
  },
  120_000,
)

test('who lost everything comes back in by two people who have seen them', async () => {
  const lou = await site.as('lou', { width: 390 })
  const out = await site.as(null, { width: 390 })
  await out.goto('/sign-in')
  await out.getByRole('link', { name: 'Ma ei pääse sisse' }).click()
  expect(await heading(out)).toBe('Ma ei pääse sisse')
  await expectAccessible(out)
  const begin = async () => {
    const sirje = await site.as('sirje', { width: 390 })
    await sirje.goto(`/volunteers/${cast.volunteer}`)
    await sirje.getByRole('link', { name: /Aita tagasi sisse/ }).click()
    await sirje.getByRole('button', { name: 'Küsi teise inimese kinnitust' }).click()
    expect(await sirje.locator('#way-error').count()).toBe(1)
    await expectAccessible(sirje)
    await sirje.getByLabel('Kohtusime ja tunnen teda tööst').check()
    await sirje.getByLabel('Märkus kinnitajale').fill('Kohtusime Narvas esmaspäeval')
    await sirje.getByRole('button', { name: 'Küsi teise inimese kinnitust' }).click()
    expect(await sirje.getByRole('button', { name: 'Kinnita' }).count()).toBe(0)
    return sirje
  }
  await begin()
  const told = (await post.fetch()).find((letter) => letter.to === 'lou@naidis.example')
  saysNothing(told?.text ?? '')
  // "It was not me": nothing has changed, and nobody can confirm it any more.
  await lou.goto('/account')
  await expectAccessible(lou)
  await lou.getByRole('button', { name: 'See polnud mina, peata' }).click()
  expect(await lou.getByText('Sinu sisselogimine jäi samaks').count()).toBe(1)
  const kim = await site.as('kim')
  await kim.goto('/')
  expect(await kim.getByText('ootab sinu kinnitust').count()).toBe(0)
  // Now it is she.
  await begin()
  await kim.goto('/confirmations')
  await kim.getByRole('link', { name: 'Lou Näidis-Lepik' }).click()
  await expectAccessible(kim)
  await kim.getByRole('button', { name: 'Kinnita' }).click()
  expect(await kim.locator('#way-error').count()).toBe(1)
  await kim.getByLabel('Videokõne: võrdlesin nägu ja dokumenti').check()
  await kim.getByRole('button', { name: 'Kinnita' }).click()
  await kim.getByRole('button', { name: 'Saada link' }).click()
  const word = ((await kim.locator('p.tv-number').textContent()) ?? '').trim()
  await post.fetch()
  await post.click(out)
  await plugIn(out)
  await sayCode(out, word)
  // Whoever only helps needs neither a password nor an app: one press, and she is in.
  expect(await heading(out)).toBe('Kuidas sa edaspidi sisse logid?')
  expect(await out.locator('main').textContent()).toContain('1 pääsuvõtme')
  expect(await out.getByRole('button', { name: 'Tee parool' }).count()).toBe(0)
  await expectAccessible(out)
  await out.getByRole('button', { name: 'Loo pääsuvõti' }).click()
  await out.waitForURL('**/account/passkeys/more')
  await expectAccessible(out)
  await out.getByRole('link', { name: 'Lisan hiljem' }).click()
  expect(new URL(out.url()).pathname).toBe('/')
  // The old sessions are over, and the notice with them.
  expect(await whoBears(cast.lou.claim)).toBeNull()
  await out.goto('/account')
  expect(await out.getByText('See polnud mina').count()).toBe(0)
}, 120_000)

test('many volunteers are confirmed on one page, on a phone', async () => {
  await signIn(cast.admin, cast.kim.id)
  const kim = await site.as('kim')
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into volunteer (name, search_name, county_code, languages, status, created_by)
     select 'Näidis-Abi ' || n, 'naidis abi ' || n, '0045', '{et}', 'active', $1 from generate_series(1, 3) n returning id`,
    [cast.kim.id],
  )
  for (const { id } of rows.slice(0, 2))
    await cast.admin.query(
      `insert into volunteer_evidence (volunteer_id, kind, valid_from, passed, recorded_by) values ($1, 'contract', current_date - 1, true, $2)`,
      [id, cast.kim.id],
    )
  for (const [index, { id }] of rows.entries()) {
    await kim.goto(`/volunteers/${id}/account`)
    await kim.getByLabel('E-post sisselogimiseks').fill(`abi${index}@naidis.example`)
    await kim.getByRole('button', { name: 'Loo konto' }).click()
  }
  expect(await kim.getByText('Ootab kinnitust').count()).toBe(1)
  const peep = await site.as('peep', { width: 390 })
  await peep.goto('/confirmations')
  await expectAccessible(peep)
  expect(await peep.locator('input[name=ids]:checked').count()).toBe(2)
  await peep.getByRole('button', { name: 'Kinnita märgitud' }).click()
  expect(await peep.locator('input[name=ids]').count()).toBe(1)
  await kim.goto(`/volunteers/${rows[0]?.id}`)
  await kim.getByRole('link', { name: /Saada kutse/ }).click()
  await kim.getByRole('button', { name: 'Saada kutse' }).click()
  expect(await kim.locator('p.tv-number').textContent()).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
}, 60_000)
