// Does one see in a browser, with scripts and without, that two people change an address – and that its owner can say no?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openPost, type Post } from '../../../test/post.ts'
import { lookAtBoth, openSite, type Site } from '../../../test/site.ts'

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
/** Ott asks from the account of Lea; the address of the confirmation. */
async function ask(ott: Page, email: string, scripts: boolean): Promise<string> {
  await ott.goto(`/people/${cast.lea.id}`)
  await ott.getByRole('link', { name: 'Muuda e-posti aadressi' }).click()
  expect(await heading(ott)).toBe('Muuda e-posti aadressi: Lea Näidis-Lind')
  if (scripts) await lookAtBoth(ott, 'email-ask')
  await ott.getByLabel('Uus aadress').fill('max@naidis.example')
  await ott.getByLabel('Kohtusime ja vaatasin dokumenti').check()
  await ott.getByLabel('Põhjus').fill('Läks tööle teise asutusse')
  await ott.getByRole('button', { name: 'Küsi teise inimese kinnitust' }).click()
  // Whose it is, is not told, and what was typed is still there.
  expect(await ott.locator('#email-error').textContent()).toContain('Seda aadressi kasutab juba mõni konto')
  expect(await ott.locator('main').textContent()).not.toContain('Max')
  expect(await ott.getByLabel('Põhjus').inputValue()).toBe('Läks tööle teise asutusse')
  await ott.getByLabel('Uus aadress').fill(email)
  await ott.getByRole('button', { name: 'Küsi teise inimese kinnitust' }).click()
  expect(await ott.getByText('Ootab teise inimese kinnitust. Ise seda kinnitada ei saa.').count()).toBe(1)
  expect(await ott.locator('main').textContent()).toContain(email)
  return new URL(ott.url()).pathname
}

test.each([true, false])(
  'asked by one, refused by her whose it is, asked again and confirmed by another (scripts %s)',
  async (scripts) => {
    const email = scripts ? 'uus.lea@naidis.example' : 'lea@naidis.example'
    const [ott, lea] = [await site.as('ott', { scripts }), await site.as('lea', { width: 390, scripts })]
    await ask(ott, email, scripts)
    const told = (await post.fetch()).map(({ to }) => to)
    expect(told).toContain(email)
    expect(told).toHaveLength(4)
    // She reads it where she sees what is hers, says no, and it is over.
    await lea.goto('/account')
    expect(await lea.locator('.tv-callout--danger').textContent()).toContain(`Uus aadress oleks ${email}`)
    if (scripts) await lookAtBoth(lea, 'email-account')
    await lea.getByRole('link', { name: 'Vaata ja keeldu' }).click()
    expect(await heading(lea)).toBe('Kas sa palusid uut e-posti aadressi?')
    if (scripts) await lookAtBoth(lea, 'email-own')
    await lea.getByRole('button', { name: 'Ei palunud, aadress jääb samaks' }).click()
    expect(await lea.getByText('Sinu aadress jäi samaks').count()).toBe(1)
    expect(await lea.locator('.tv-callout--danger').count()).toBe(0)
    await lea.goto('/account/email')
    expect(await lea.getByText('Sinu kontole ei ole praegu uut aadressi küsitud').count()).toBe(1)
    await ott.reload()
    expect(await ott.locator('main').textContent()).toContain('Peatatud')
    // Asked again; the second has to say how she was seen.
    const at = await ask(ott, email, scripts)
    const peep = await site.as('peep', { width: 390, scripts })
    await peep.goto('/confirmations')
    await peep.locator(`a[href="${at}"]`).click()
    expect(await heading(peep)).toBe('Kas muuta e-posti aadressi: Lea Näidis-Lind?')
    if (scripts) await lookAtBoth(peep, 'email-decide')
    await peep.getByRole('button', { name: 'Kinnita', exact: true }).click()
    expect(await peep.locator('.govuk-error-summary').count()).toBe(1)
    await peep.getByLabel('Videokõne: võrdlesin nägu ja dokumenti').check()
    await peep.getByRole('button', { name: 'Kinnita', exact: true }).click()
    expect(await peep.getByText('Kinnitatud. Küsija saab teate.').count()).toBe(1)
    await lea.goto('/account')
    expect(await lea.locator('main').textContent()).toContain(email)
    expect(
      await lea.getByText(/Muudeti e-posti aadress; .* \(Ott Näidis-Orav, Peep Näidis-Pärn\)/).count(),
    ).toBeGreaterThan(0)
    await post.fetch()
  },
  120_000,
)

test('the address of a support person with an account is changed from her profile, and is no field of the register', async () => {
  const kim = await site.as('kim', { width: 390 })
  await kim.goto(`/volunteers/${cast.volunteer}/edit`)
  expect(await kim.locator('input[name="email"]').count()).toBe(0)
  expect(await kim.locator('main').textContent()).toContain(
    'Lou Näidis-Lepik, lou@naidis.example. Nimi ja e-posti aadress on konto omad',
  )
  await lookAtBoth(kim, 'email-edit')
  await kim.goto(`/volunteers/${cast.volunteer}`)
  await kim.locator(`a[href="/people/${cast.lou.id}/email"]`).click()
  expect(await heading(kim)).toBe('Muuda e-posti aadressi: Lou Näidis-Lepik')
  await lookAtBoth(kim, 'email-volunteer')
})
