// Does a supervisor's month work in a real browser: talks, entries, a worry, days away and a deputy, a lapse, and a review by sample?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { today } from '../app/core/clock.server.ts'
import type { Person } from '../app/core/user.ts'
import { formatDate } from '../app/i18n/format.ts'
import { dutiesMove } from '../app/supervision/duty.server.ts'
import { type Cast, type CastName, openCast, signIn } from './cast.ts'
import { answerWorry, askHelp, both, choose, drawAsSirje, main, press, said, toldOfDuties } from './month-steps.ts'
import { writtenBy } from './sample.ts'
import { look, openSite, type Site } from './site.ts'
import { dayFromNow } from './substitution.ts'
import { anotherSupervisor, lastTalk } from './supervision.ts'
import { givenSupport, type Support } from './support.ts'

let cast: Cast
let site: Site
let support: Support
let endel: Person
beforeAll(async () => {
  cast = await openCast()
  support = await givenSupport(cast, dayFromNow(-60))
  endel = await anotherSupervisor(cast)
  // In the browser the deputy sits in the place of somebody of the cast who has no part in this.
  cast.cookies.jaan = (await signIn(cast.admin, endel.id)).cookie
  site = await openSite(cast)
}, 120_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

const [sirje, deputy] = ['sirje', 'jaan'] as const

async function as(who: CastName, width: 390 | 1280, what: (page: Page) => Promise<void>): Promise<void> {
  const page = await site.as(who, { width })
  await what(page)
  await page.context().close()
}
test('the coordinator names a deputy, a talk is planned, held and written down with the next one', async () => {
  await as('kim', 1280, async (page) => {
    await page.goto('/supervision/deputies')
    await page.getByLabel('Juhendaja', { exact: true }).selectOption({ label: cast.sirje.name })
    await page.getByLabel('Asendaja', { exact: true }).selectOption({ label: endel.name })
    await press(page, 'Salvesta asendaja')
    await said(page, 'Asendaja on määratud.')
  })
  await as(sirje, 390, async (page) => {
    await page.goto('/supervision/sessions/new')
    await page.getByLabel('Lou Näidis-Lepik').check()
    await page.getByLabel('Millal').fill(formatDate(today()))
    await press(page, 'Salvesta aeg')
    await said(page, 'Juhendamine on kokku lepitud.')
    await page.getByLabel('Piirid ja roll').check()
    await page.getByLabel('Märkmed').fill('Rääkisime, kuidas öelda ei.')
    await page.getByLabel('Järgmine kord').fill(formatDate(dayFromNow(28)))
    await press(page, 'Salvesta juhendamine')
    await said(page, 'Juhendamine on kirjas ja järgmine kokku lepitud.')
    expect(await main(page)).toContain(formatDate(dayFromNow(28)))
  })
}, 120_000)

test('entries wait, are read with a reply, and the support person sees who read them', async () => {
  await writtenBy(cast.lou, support.assignment, 22)
  await cast.admin.query(`update visit set outside = '{}'`)
  await as(sirje, 390, async (page) => {
    await page.goto('/')
    expect(await main(page)).toContain('22 sissekannet ootab lugemist')
    await page.goto('/supervision/entries')
    await page.locator('main tbody a').first().click()
    await page.getByLabel('Mõni sõna tugiisikule').fill('Aitäh, hea et saatsid perearsti juurde.')
    await both(page, 'entry')
    await press(page, 'Märgi loetuks')
    await said(page, 'Sissekanne on loetud ja tugiisik näeb seda.')
  })
  await as('lou', 390, async (page) => {
    await page.goto('/')
    await page.getByText('Loe, mida ta ütles').click()
    await said(page, 'Aitäh, hea et saatsid perearsti juurde.')
  })
}, 120_000)

test('a worry stands first with its clock, and is answered and closed', async () => {
  await as('lou', 390, askHelp)
  await as(sirje, 390, async (page) => {
    await page.goto('/')
    expect(await main(page)).toMatch(/Vastamiseks on aega \d+ tundi\./)
    await both(page, 'worry')
    await answerWorry(page, 'Helistasin talle, kõik on hästi.')
    await page.goto('/')
    expect(await main(page)).not.toMatch(/Vastamiseks on aega/)
  })
}, 120_000)

test('she goes away: the deputy finds a brief, does what waits, and gives it back when she returns', async () => {
  await as(sirje, 390, async (page) => {
    await page.goto('/supervision/away')
    expect(await main(page)).toContain(`Sind asendab ${endel.name}.`)
    await page.getByLabel('Viimane päev').fill(formatDate(dayFromNow(6)))
    await press(page, 'Salvesta eemalolek')
    await said(page, 'Eemalolek on kirjas ja asendaja teab.')
  })
  await as('lou', 390, async (page) => {
    await askHelp(page)
    expect(await main(page)).toContain(endel.name)
  })
  await as(deputy, 390, async (page) => {
    await page.goto('/')
    expect(await main(page)).toContain(`Asendad juhendajat: ${cast.sirje.name}`)
    await page.goto('/supervision/duty')
    await said(page, `${cast.sirje.name} on eemal kuni ${formatDate(dayFromNow(6))}.`)
    expect(await main(page)).toContain('mure ootab vastust')
    expect(await main(page)).toContain(`juhendamine ${formatDate(dayFromNow(28))}`)
    await both(page, 'duty')
    await answerWorry(page, 'Helistasin Sirje eest.')
    await page.goto('/supervision/entries')
    await page.locator('main tbody a').first().click()
    await press(page, 'Märgi loetuks')
    await said(page, 'Sissekanne on loetud ja tugiisik näeb seda.')
  })
  const { rows } = await cast.admin.query(
    `select distinct on_behalf_of from audit_event where actor = $1 and action in ('support.concern.answer', 'support.entry.read')`,
    [endel.id],
  )
  expect(rows).toEqual([{ on_behalf_of: cast.sirje.id }])
  await as(sirje, 390, async (page) => {
    await page.goto('/supervision/away')
    await press(page, 'On tagasi')
    await said(page, 'Kõik on jälle juhendaja enda käes.')
  })
  await as(deputy, 390, async (page) => {
    await page.goto('/supervision/duty')
    await said(page, 'Praegu sa kedagi ei asenda.')
  })
}, 180_000)

test('when a talk is not held in time the duty moves, both hear of it, and the next talk brings it back', async () => {
  await cast.admin.query(
    'delete from supervision_note; delete from supervision_participant; delete from supervision_session',
  )
  await lastTalk(cast, 36)
  await dutiesMove.run(cast.sys)
  expect(await toldOfDuties(cast)).toEqual([endel.name, cast.sirje.name].toSorted())
  await as(sirje, 390, async (page) => {
    await page.goto('/')
    expect(await main(page)).toContain('asendaja räägib temaga, sest aeg on möödas')
  })
  await as(deputy, 390, async (page) => {
    await page.goto('/supervision/duty')
    await said(page, `${cast.sirje.name} ei ole nendega õigel ajal rääkinud.`)
    await page.getByRole('link', { name: 'Lepi kokku juhendamine' }).first().click()
    await page.getByLabel('Millal').fill(formatDate(today()))
    await press(page, 'Salvesta aeg')
    await page.getByLabel('Koormus').check()
    await press(page, 'Salvesta juhendamine')
    await page.goto('/supervision/duty')
    await said(page, 'Praegu sa kedagi ei asenda.')
  })
}, 120_000)

test('a review by sample: drawn once, answered without losing anything, and what was found goes on', async () => {
  await as(sirje, 390, async (page) => {
    await drawAsSirje(page)
    await both(page, 'round')
    await page.getByRole('link', { name: 'Alusta vaatamist' }).click()
    await choose(page, ['yes', 'no'])
    await page.fill('#note2', 'Kirjuta, mis edasi saab.')
    await page.getByText(/Mustand salvestatud/).waitFor()
    await both(page, 'look')
    // Away and back: nothing of it is lost.
    const address = page.url()
    await page.goto('/supervision/entries')
    await page.goBack()
    expect(page.url()).toBe(address)
    expect(await page.inputValue('#note2')).toBe('Kirjuta, mis edasi saab.')
    expect(await page.isChecked('input[name=answer2][value=no]')).toBe(true)
    // What is missing is said at its question; in the other tab the same was answered meanwhile.
    await press(page, 'Salvesta ja mine edasi')
    await page.locator('#answer3-error').waitFor()
    const other = await page.context().newPage()
    await other.goto(address)
    await choose(other, ['yes', 'yes', 'yes', 'yes', 'na'])
    await press(other, 'Salvesta ja mine edasi')
    await said(other, 'Vastused on kirjas.')
    await other.close()
    await choose(page, ['yes', 'no', 'yes', 'yes', 'na'])
    await press(page, 'Salvesta ja mine edasi')
    await said(page, 'Praegu on kirjas')
    expect(await page.inputValue('#note2')).toBe('Kirjuta, mis edasi saab.')
    await press(page, 'Salvesta ja mine edasi')
    await said(page, 'Midagi on puudu')
    await both(page, 'found')
    await press(page, 'Saada vastuseks tugiisikule')
    await said(page, 'Tugiisik näeb sinu vastust sissekande juures.')
    await press(page, 'Võta järgmise juhendamise teemaks')
    await said(page, 'See on järgmise juhendamise lehel.')
    await page.getByRole('link', { name: 'Järgmine sissekanne' }).click()
    await choose(page, ['yes', 'yes', 'yes', 'yes', 'na'])
    await press(page, 'Salvesta ja mine edasi')
    await said(page, 'Rohkem sulle vaadata ei ole.')
    await page.getByRole('link', { name: 'Lõpeta ülevaatus' }).click()
    await press(page, 'Lõpeta ülevaatus')
    await said(page, 'Vaadatud 2 sissekannet 22-st.')
    expect(await main(page)).toMatch(/Puudu oli 1 sissekandes\. 80% kindlusega on selliseid sissekandeid kuni \d+%/)
    await both(page, 'result')
    await page.getByRole('link', { name: 'Loosi kontroll' }).click()
    await said(page, 'Loos klapib')
    await both(page, 'lot')
  })
}, 240_000)

test('the support person reads the reply, and the next talk has its topic', async () => {
  await as('lou', 390, async (page) => {
    const { rows } = await cast.admin.query<{ id: string }>(
      'select visit_id as id from visit_reading where entry_id is not null',
    )
    await page.goto(`/support/visits/${rows[0]?.id}`)
    await said(page, 'Kas järgmine samm on kirjas? Kirjuta, mis edasi saab.')
    await look(page, 'month-reply-390')
    await page.goto('/support/visits')
    await page.getByRole('link', { name: 'Mida sissekannetes vaadatakse' }).click()
    await said(page, 'Kas järgmine samm on kirjas?')
  })
  await as(sirje, 390, async (page) => {
    await page.goto('/supervision/sessions/new')
    await page.getByLabel('Lou Näidis-Lepik').check()
    await page.getByLabel('Millal').fill(formatDate(dayFromNow(3)))
    await press(page, 'Salvesta aeg')
    await said(page, 'Ülevaatuses leitud, et rääkida')
    expect(await main(page)).toContain('Kirjuta, mis edasi saab.')
    await both(page, 'session')
  })
}, 120_000)

test('at the end of the month the first page says what is left, and the log names every entry that was opened', async () => {
  await as(sirje, 390, async (page) => {
    await page.goto('/')
    const words = await main(page)
    expect(words).toContain('sissekannet ootab lugemist')
    expect(words).toContain(`Lou Näidis-Lepik: juhendamine ${formatDate(dayFromNow(3))}`)
    expect(words).not.toContain('asendaja räägib temaga')
    expect(words).not.toContain('ootab ülevaatust')
    await both(page, 'end')
  })
  const { rows } = await cast.admin.query<{ looked: number }>(
    `select count(distinct object_id)::int as looked from audit_event where action = 'supervision.sample.entry' and actor = $1 and case_id = $2`,
    [cast.sirje.id, support.caseId],
  )
  expect(rows[0]?.looked).toBe(2)
}, 120_000)
