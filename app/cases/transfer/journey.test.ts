// Can a case go over from one network to another in a real browser: asked, taken over without scripts, assessed anew, support confirmed?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { givenSupport } from '../../../test/support.ts'
import { givenAction, givenAsked } from '../../../test/transfer.ts'
import { asPerson } from '../../core/db.server.ts'
import { saveAssessment } from '../risk/assess.server.ts'
import { instrumentNow } from '../risk/assessments.server.ts'

vi.setConfig({ testTimeout: 180_000 })
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

/** Lea's own assessment, some time ago. */
async function assessed(id: string): Promise<void> {
  const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((one, nth) => [`answers.${one.id}`, nth === 5 ? 'yes' : 'no']))
  await saveAssessment.run(cast.lea, { id, madeOn: '02.02.2026', withVictim: 'yes', save: 'final', ...answers })
}

async function answerDash(page: Page): Promise<void> {
  await page
    .getByRole('group', { name: /koos kannatanuga/ })
    .getByLabel('Jah')
    .check()
  const no = page.locator('input[name^="answers."][value=no]')
  for (let index = 0; index < 24; index++) await no.nth(index).check({ force: true })
  await page.getByRole('button', { name: 'Salvesta lõplikuna' }).click()
}

test.each([
  [1280, 390],
  [390, 1280],
] as const)('a case goes over, sent at %d pixels and taken over at %d', async (sending, taking) => {
  const { caseId, number } = await givenSupport(cast, '2026-05-01')
  await assessed(caseId)
  await givenAction(cast, caseId)
  const lea = await site.as('lea', { width: sending })
  await lea.goto(`/cases/${caseId}`)
  await lea.getByRole('link', { name: 'Anna teise võrgustikku' }).click()
  await look(lea, `send-${sending}`)
  await lea.getByText('Viimane riskihindamine on vana').first().waitFor()
  await lea.getByLabel('Kellele').selectOption({ label: 'Harju' })
  await lea.getByLabel('Kannatanu elab nüüd mujal').check()
  await lea.getByLabel('Mida uus juht peab esimesena teadma').fill('Näidis-sõnum: uus elukoht Harjumaal.')
  await lea.getByLabel('Kiire').check()
  await lea.getByLabel(/Kannatanu on nõus/).check()
  await lea.getByLabel('Aluse selgitus').fill('Näidis: nõustus telefonis.')
  await lea.getByRole('button', { name: 'Küsi teiselt võrgustikult' }).click()
  await lea.getByText('Kirjuta, miks juhtum läheb üle').first().waitFor()
  expect(await lea.getByLabel('Aluse selgitus').inputValue()).toBe('Näidis: nõustus telefonis.')
  await lea.getByLabel('Miks läheb juhtum üle sellisena').fill('Näidis: kolis eile.')
  await lea.getByRole('button', { name: 'Küsi teiselt võrgustikult' }).click()
  await lea.getByText('Küsimus on teisele võrgustikule saadetud.').waitFor()
  await look(lea, `asked-${sending}`)
  await lea.goto(`/cases/${caseId}`)
  await look(lea, `leaving-${sending}`)

  const max = await site.as('max', { width: taking, scripts: false })
  await max.goto('/')
  await max.getByRole('link', { name: new RegExp(`${number}: Ida-Viru küsib`) }).click()
  expect(await max.content()).not.toMatch(/Anna|Näidis-Org|Igor|5550|Näidis-sõnum/)
  await max.getByRole('button', { name: 'Võta juhtum vastu' }).click()
  await max.getByText('Juhtum on nüüd sinu võrgustikus.').waitFor()
  await max.getByText('Näidis-sõnum: uus elukoht Harjumaal.').waitFor()
  await max.goto(`/cases/${caseId}`)
  await max.getByText('Juhtum tuli teisest võrgustikust').first().waitFor()
  await max.getByRole('link', { name: 'Hinda riski' }).first().click()
  await answerDash(max)
  await max.goto(`/cases/${caseId}/arrival`)
  await max.getByText('Risk on pärast ülevõtmist uuesti hinnatud.').waitFor()
  await max.getByRole('button', { name: 'Tugi jätkub' }).click()
  await max.goto(`/cases/${caseId}/plan`)
  await max.getByRole('link', { name: /Vaheta vastutaja/ }).click()
  await max.getByRole('button', { name: 'Salvesta vastutaja' }).click()
  await max.getByText('Vastutaja on vahetatud.').waitFor()
  await max.goto(`/cases/${caseId}/arrival`)
  await max.getByRole('button', { name: 'Tegevused on jagatud' }).click()
  expect(await max.getByText('Juhtum tuli teisest võrgustikust').count()).toBe(0)
  expect((await lea.goto(`/cases/${caseId}`))?.status()).toBe(404)
  await lea.goto('/transfers')
  await lea.getByText('Üle antud').first().waitFor()
  await max.context().close()
  await lea.context().close()
})

test('the pages of both leads and of the coordinator read well for everybody', async () => {
  const { caseId } = await givenSupport(cast, '2026-06-01')
  await assessed(caseId)
  await givenAction(cast, caseId)
  const { transfer } = await givenAsked(cast, caseId)
  for (const width of [390, 1280] as const) {
    const pages: ['lea' | 'max' | 'kim', string, string][] = [
      ['max', '/', 'home'],
      ['max', '/transfers', 'list'],
      ['max', `/transfers/${transfer}`, 'look'],
      ['max', `/transfers/${transfer}/refuse`, 'refuse'],
      ['lea', `/transfers/${transfer}/revoke`, 'revoke'],
      ['kim', '/transfers', 'coordinator'],
    ]
    // Each page at one width, all of them at both for whoever wants to look.
    const some = pages.filter((_, nth) => process.env.TUGIVORK_PICTURES || (nth % 2 === 0) === (width === 390))
    for (const [who, path, name] of some) {
      const page = await site.as(who, { width })
      await page.goto(path)
      await look(page, `${name}-${width}`)
      await page.context().close()
    }
  }
  const max = await site.as('max', { width: 390 })
  await max.goto(`/transfers/${transfer}`)
  await max.getByRole('button', { name: 'Võta juhtum vastu' }).click()
  for (const width of [390, 1280] as const) {
    await max.setViewportSize({ width, height: 900 })
    for (const [side, name] of [
      ['arrival', 'arrival'],
      ['timeline', 'timeline'],
      ['plan', 'plan'],
    ] as const) {
      await max.goto(`/cases/${caseId}/${side}`)
      await look(max, `${name}-${width}`)
    }
  }
  await max.context().close()
})
