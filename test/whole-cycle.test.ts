// Does one case go its whole way in a real browser: two meetings, a support person, a move to another network, and its end there?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { partOf } from '../app/cases/views/views.ts'
import {
  answer,
  assess,
  type Case,
  end,
  follow,
  hold,
  lineOf,
  lookTwice,
  prepare,
  press,
  refer,
  says,
  write,
} from './case-steps.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { openSite, type Site } from './site.ts'

const long = 900_000
let cast: Cast
let site: Site
let of: Case
let support: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
}, 120_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

// Leads at a desk, a police officer and a support person on a phone; everybody does only what their own pages offer.
const desks: CastName[] = ['lea', 'max', 'kim']
async function as(who: CastName, what: (page: Page) => Promise<void>): Promise<void> {
  const page = await site.as(who, { width: desks.includes(who) ? 1280 : 390 })
  await what(page).catch(async (error: Error) => {
    const seen = ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ')
    throw new Error(`${who} at ${new URL(page.url()).pathname}: ${error.message}\n${seen.slice(0, 1500)}`, {
      cause: error,
    })
  })
  await page.context().close()
}
/** As if weeks had passed: a network meets once a day. */
const weeksLater = (meeting: string) =>
  cast.admin.query(
    `set session_replication_role = replica; update meeting set on_date = on_date - 28, cut_off_on = cut_off_on - 28 where id = '${meeting.split('/')[2]}'; set session_replication_role = origin`,
  )

test('referred, assessed and spoken of: what she wants, what the police know, who does what by when', {
  timeout: long,
}, async () => {
  const wish = 'Näidis: tahab rahu'
  let meeting = ''
  await as('lea', async (page) => {
    of = await refer(page)
  })
  await as('lea', (page) => assess(page, of))
  await as('lea', async (page) => {
    meeting = await prepare(page, of, wish)
  })
  await as('mall', (page) => answer(page, of, meeting, 'Näidis: kaks väljakutset õhtul'))
  await as('lea', (page) =>
    hold(page, of, {
      meeting,
      wish,
      actions: [
        { who: /Mall/, what: 'Näidis: kontrollib relvaluba' },
        { who: /Lea/, what: 'Näidis: leiab nõustaja' },
      ],
      outcome: 'tegevuskava',
    }),
  )
  // The minutes are written by the lead and approved by the chair, on her phone.
  await as('lea', async (page) => {
    await page.goto(`${meeting}/minutes/write`)
    await page.locator('input[name=ground]').first().check({ force: true })
    await press(page, 'Saada juhatajale kinnitamiseks')
    await says(page, 'Protokoll ootab juhataja kinnitust.')
  })
  await as('mall', async (page) => {
    await page.goto(`${meeting}/minutes`)
    await says(page, 'Anna kannatanule ohutult teada')
    await lookTwice(page, 'minutes')
    await press(page, 'Kinnita protokoll')
    await says(page, 'Protokoll on kinnitatud.')
  })
  await weeksLater(meeting)
})

test('a volunteer helps, one action is done and one became impossible, and the second meeting agrees on the next', {
  timeout: long,
}, async () => {
  const wish = 'Näidis: tahab kolida'
  let meeting = ''
  await as('lea', async (page) => {
    await page.goto(`/cases/${of.id}/need`)
    await page.getByLabel('Soovib tugiisikut').check()
    await press(page, 'Salvesta')
    await says(page, 'Vajadus on avatud.')
  })
  await as('lea', async (page) => {
    await page.goto(`/cases/${of.id}`)
    await follow(page, 'Tee turvaplaan')
    await write(page, 'Mis on kokku pakitud', 'Näidis: kott on õe juures')
    await page.getByLabel('Ohvriabitöötajaga').check()
    await page.getByLabel('Tugiisik näeb seda plaani').check()
    await lookTwice(page, 'safety')
    await press(page, 'Salvesta turvaplaan')
    await says(page, 'Turvaplaan on salvestatud.')
  })
  await as('kim', async (page) => {
    await page.goto('/matching')
    await page.getByText('Tõestatud parim').first().waitFor({ timeout: 60_000 })
    await follow(page, of.number)
    await page.locator(`a[href$="/assign/${cast.volunteer}"]`).first().click()
    await page.fill('[name=rationale]', 'Näidis: räägib tema keelt.')
    const why = page.locator('[name=overrideReason]')
    if (await why.count()) await why.fill('Näidis: nad on juba rääkinud.')
    await press(page, 'Küsi tugiisikult')
    await page.waitForURL(/\/assignments\/[0-9a-f-]{36}$/)
    expect(await page.content()).not.toMatch(/Näidis-Org|Igor|5550/)
  })
  await as('lou', async (page) => {
    await page.goto('/')
    await follow(page, 'Vaata ja vasta')
    await page.getByLabel('Kinnitan, et minu teada').check()
    await press(page, 'Nõustun toetama')
    await page.waitForURL(/\/assignments\/[0-9a-f-]{36}$/)
    support = new URL(page.url()).pathname
    await says(page, 'Näidis: kott on õe juures')
    await page.goto('/support/visits/new')
    await page.getByLabel('Täna', { exact: false }).check()
    await page.getByLabel('Kohtumine', { exact: true }).check()
    await page.getByLabel('60 min', { exact: true }).check()
    await write(page, 'Lühike märkus', 'Näidis: käisime koos nõustaja juures.')
    await press(page, 'Salvesta kohtumine')
    await page.waitForURL(/\/support\/visits\?month=/)
    // What was said at the meeting is not for her.
    expect((await page.goto(`/cases/${of.id}/plan`))?.status()).toBe(403)
  })
  for (const [who, how] of [
    ['mall', 'muutus võimatuks'],
    ['lea', 'tehtud'],
  ] as const)
    await as(who, async (page) => {
      await page.goto('/')
      await lineOf(page, `${of.number}: sinu tegevus`)
      await end(page, how, 'Näidis: nii see läks')
    })
  await as('lea', async (page) => {
    meeting = await prepare(page, of, wish)
  })
  await as('mall', (page) => answer(page, of, meeting, null))
  await as('lea', (page) =>
    hold(page, of, { meeting, wish, actions: [{ who: /Mall/, what: 'Näidis: saadab teate' }], outcome: 'tegevuskava' }),
  )
})

test('it goes to another network, is assessed there anew, and ends there', { timeout: long }, async () => {
  await as('lea', async (page) => {
    await page.goto(`/cases/${of.id}`)
    await follow(page, 'Anna teise võrgustikku')
    await page.getByLabel('Kellele').selectOption({ label: 'Harju' })
    await page.getByLabel('Kannatanu elab nüüd mujal').check()
    await write(page, 'Mida uus juht peab esimesena teadma', 'Näidis: uus elukoht.')
    await page.getByLabel('Tavaline').check()
    await page.getByLabel(/Kannatanu on nõus/).check()
    await write(page, 'Aluse selgitus', 'Näidis: nõustus telefonis.')
    await press(page, 'Küsi teiselt võrgustikult')
    await says(page, 'Küsimus on teisele võrgustikule saadetud.')
  })
  await as('max', async (page) => {
    await page.goto('/')
    await follow(page, new RegExp(`${of.number}: Ida-Viru küsib`))
    await press(page, 'Võta juhtum vastu')
    await says(page, 'Juhtum on nüüd sinu võrgustikus.')
    // What was decided before came with it; what the police had told did not.
    await says(page, 'Näidis: tegevuskava')
    expect(await page.content()).not.toContain('kaks väljakutset')
    await assess(page, of)
    await page.goto(`/cases/${of.id}/arrival`)
    await says(page, 'Risk on pärast ülevõtmist uuesti hinnatud.')
    await press(page, 'Tugi jätkub')
    await page.goto(`/cases/${of.id}/arrival`)
    await press(page, 'Tegevused on jagatud')
    await lookTwice(page, 'arrived')
  })
  for (const who of ['lea', 'mall'] as const)
    await as(who, async (page) => expect((await page.goto(`/cases/${of.id}`))?.status()).toBe(404))
  await as('lou', async (page) => expect((await page.goto(support))?.status()).toBe(200))
  await as('max', closeThere)
  await as('lou', async (page) => expect((await page.goto(support))?.status()).toBe(404))
})

test('all of it can be told in plain words: nothing that was done with the case has no side', async () => {
  const { rows } = await cast.admin.query('select distinct action from audit_event where case_id = $1', [of.id])
  expect(rows.length).toBeGreaterThan(40)
  expect(rows.map(({ action }) => action).filter((action) => partOf(action) === 'other')).toEqual([])
})

/** Nothing is left silent: the action, every risk, each child, the perpetrator, the support; then it ends. */
async function closeThere(page: Page): Promise<void> {
  await page.goto('/')
  await lineOf(page, `${of.number}: sinu tegevus`)
  await end(page, 'tehtud', 'Näidis: teade on saadetud')
  const gap = page.getByRole('table', { name: 'Riskid ja tegevused' }).getByRole('link', { name: /^Vasta/ })
  for (let left = await gap.count(); left > 0; left -= 1) {
    await gap.first().click()
    await page.getByLabel('Tegevust ei ole, sest').check()
    await write(page, 'Miks tegevust ei ole?', 'Näidis: oht on möödas')
    await press(page, 'Salvesta vastus')
    await says(page, 'Vastus on kirjas.')
  }
  await page.goto(`/cases/${of.id}/closing`)
  await lookTwice(page, 'closing')
  await page.getByRole('listitem').filter({ hasText: 'Tugiisik aitab veel' }).getByRole('link').click()
  await page.getByLabel('Eesmärk on saavutatud').check()
  await press(page, 'Lõpeta täna')
  await says(page, 'Tugi on lõpetatud.')
  await page.goto(`/cases/${of.id}/closing`)
  await page.getByLabel('Eesmärk on saavutatud').check()
  await page.getByLabel('Turvalisem kui alguses').check()
  await write(page, 'Kokkuvõte', 'Näidis: elab rahus.')
  await press(page, 'Lõpeta juhtum')
  await says(page, 'Juhtum on lõpetatud.')
  await page.goto(`/cases/${of.id}/timeline`)
  await says(page, 'Juhtum lõpetati')
  await lookTwice(page, 'timeline')
}
