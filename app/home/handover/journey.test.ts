// Can somebody go on holiday: hand over, be stood in for, and come back – on a desk and on a phone?
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { givenSupport } from '../../../test/support.ts'
import { endSubstitution, giveSubstitution } from '../../access/substitution/substitutions.server.ts'
import { findDraft } from '../../core/drafts.server.ts'
import { formatDate } from '../../i18n/format.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  await givenSupport(cast, dayFromNow(-60))
}, 120_000)
// A journey that broke off leaves nothing to the next one.
afterEach(() =>
  cast.admin.query('update substitution set ended_at = now(), ended_by = giver_id where ended_at is null'),
)
afterAll(async () => {
  await site.close()
  await cast.close()
})

// Moving to another desk ends the session of the cast, so every journey has cookies of its own.
async function freshly(who: 'kim' | 'peep', width: 390 | 1280) {
  cast.cookies[who] = (await signIn(cast.admin, cast[who].id)).cookie
  return site.as(who, { width })
}

test.each([1280, 390] as const)(
  'a fortnight away, %d px wide',
  async (width) => {
    const kim = await freshly('kim', width)
    await kim.goto('/account')
    await kim.getByRole('link', { name: 'Asendamine' }).click()
    await expectAccessible(kim)
    await kim.getByRole('link', { name: 'Määra endale asendaja' }).click()
    await kim.getByLabel('Esimene päev').fill(formatDate(dayFromNow(0)))
    await kim.getByLabel('Viimane päev').fill(formatDate(dayFromNow(40)))
    await kim.getByRole('button', { name: 'Määra asendaja' }).click()
    expect(await kim.locator('#validTo-error').textContent()).toContain('41 päeva')
    await expectAccessible(kim)
    await kim.getByLabel('Viimane päev').fill(formatDate(dayFromNow(13)))
    await kim.getByRole('button', { name: 'Määra asendaja' }).click()
    expect(await kim.locator('h1').textContent()).toBe('Üleandmisleht')
    const term = kim.url()
    await kim.getByRole('link', { name: 'Lisa lubadus' }).click()
    await kim.getByLabel('Mida lubati').fill('Näidis: helistada võrgustiku juhile')
    await kim.getByLabel('Mis päevaks').fill(formatDate(dayFromNow(2)))
    await expectAccessible(kim)
    await kim.getByRole('button', { name: 'Salvesta' }).click()
    expect(await kim.getByText('Näidis: helistada võrgustiku juhile').count()).toBeGreaterThan(0)
    await expectAccessible(kim)

    const peep = await freshly('peep', width)
    await peep.goto('/')
    await peep.getByRole('link', { name: /^Loe üleandmislehte/ }).click()
    expect(await peep.getByText('Näidis: helistada võrgustiku juhile').count()).toBeGreaterThan(0)
    expect(await peep.getByRole('heading', { name: 'Kes ootab' }).count()).toBe(0)
    await expectAccessible(peep)
    await peep.getByRole('button', { name: 'Hakka asendama' }).click()
    const banner = peep.getByRole('region', { name: 'Asendamine' })
    expect(await banner.textContent()).toContain(`Asendad: ${cast.kim.name}.`)
    expect(await peep.getByRole('heading', { name: 'Kes ootab' }).count()).toBe(1)
    await expectAccessible(peep)
    await peep.getByRole('link', { name: /^Märgi tehtuks/ }).click()
    await peep.getByLabel('Kuidas läks').fill('Näidis: räägitud')
    await peep.getByRole('button', { name: 'Märgi tehtuks' }).click()
    expect(await peep.getByText('Näidis: räägitud').count()).toBe(1)
    expect((await peep.goto('/matching'))?.status()).toBe(200)
    await peep.goto('/settings/maxActiveCases')
    expect(await peep.getByText(`Seda saab teha ainult ${cast.kim.name} ise.`).count()).toBe(1)
    expect(await peep.getByRole('link', { name: 'Muuda väärtust' }).count()).toBe(0)
    await expectAccessible(peep)

    await kim.goto(term)
    await kim.getByRole('link', { name: 'Lõpeta asendamine' }).click()
    await expectAccessible(kim)
    await peep.goto('/volunteers/new')
    await peep.locator('#name').fill('Näidis-Pooleli')
    await kim.getByRole('button', { name: 'Lõpeta asendamine kohe' }).click()
    await kim.goto(term)
    expect(await kim.getByText('Näidis: räägitud').count()).toBe(1)
    expect(await kim.getByText('märkis lubaduse tehtuks').count()).toBe(1)
    await expectAccessible(kim)

    // The form was opened at Kim's desk; it is not sent from Peep's own.
    const answer = peep.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/volunteers/new'),
    )
    await peep.locator('main form button[type=submit]').last().click()
    expect((await answer).status()).toBe(403)
    expect(await banner.textContent()).toContain(`Asendamine on läbi (${cast.kim.name})`)
    await expectAccessible(peep)
    await banner.getByRole('button', { name: 'Selge' }).click()
    expect(await peep.getByRole('region', { name: 'Asendamine' }).count()).toBe(0)
    const kept = await findDraft((await signIn(cast.admin, cast.peep.id)).person, '/volunteers/new')
    expect(kept).toMatchObject({ name: 'Näidis-Pooleli' })
  },
  240_000,
)

test('without scripts one gets to the other desk and back as well', async () => {
  const kim = (await signIn(cast.admin, cast.kim.id)).person
  const { id } = await giveSubstitution.run(kim, {
    takerId: cast.peep.id,
    validFrom: dayFromNow(0),
    validTo: dayFromNow(3),
  })
  cast.cookies.peep = (await signIn(cast.admin, cast.peep.id)).cookie
  const peep = await site.as('peep', { scripts: false })
  await peep.goto('/substitution')
  await peep.getByRole('button', { name: 'Hakka asendama' }).click()
  await peep.getByRole('button', { name: 'Tagasi oma töölauale' }).click()
  expect(await peep.getByText('Oled tagasi oma töölaual.').count()).toBe(1)
  expect((await peep.goto('/matching'))?.status()).toBe(403)
  await endSubstitution.run(kim, { id })
}, 120_000)
