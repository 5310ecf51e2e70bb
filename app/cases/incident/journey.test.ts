// Can somebody who is in a hurry write down what happened, on a phone and without scripts, and see at a glance what it changed?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { formatDate } from '../../i18n/format.ts'
import { saveAssessment } from '../risk/assess.server.ts'
import { instrumentNow } from '../risk/assessments.server.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
let site: Site
let id: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  id = await referCase(cast.lea)
  const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((one) => [`answers.${one.id}`, 'no']))
  const madeOn = formatDate(today())
  await saveAssessment.run(cast.lea, { id, madeOn, withVictim: 'yes', save: 'final', ...answers })
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('an incident is written down without scripts at 390 px, and stands in the chart, the table and what comes next', async () => {
  const page = await site.as('mall', { width: 390, scripts: false })
  await page.goto(`/cases/${id}/risk`)
  await page.getByRole('link', { name: 'Pane sündmus kirja' }).click()
  await page.getByRole('button', { name: 'Pane kirja' }).click()
  await page.getByRole('link', { name: 'Vali üks vastus.' }).first().waitFor()
  await page.getByLabel('Lähenemiskeelu rikkumine').check()
  await page.getByRole('group', { name: 'Kas politsei teab?' }).getByLabel('Jah').check()
  await page.getByLabel('Lühidalt').fill('Näidis: ootas ukse taga')
  await page.getByRole('button', { name: 'Pane kirja' }).click()
  await page.getByText('Sündmus on kirjas.').waitFor()
  await page.getByRole('img', { name: /^1 hinnang: .*Sündmusi ja muutusi on 1\.$/ }).waitFor()
  await page.getByRole('cell', { name: 'Näidis: ootas ukse taga' }).waitFor()
  await page.goto(`/cases/${id}/timeline`)
  await page.getByRole('heading', { name: 'Ees ootab' }).waitFor()
  await page.getByText('Ülesanne: Hinda riski uuesti').first().waitFor()
  await page.getByText('Sündmus: Lähenemiskeelu rikkumine').waitFor()
  expect(await page.content()).not.toContain('ukse taga')
  await page.context().close()
})

test('its pages can be used by everybody, at 1280 px and 390 px', async () => {
  for (const width of [1280, 390] as const) {
    const page = await site.as('lea', { width })
    for (const side of ['incident', 'risk', 'timeline']) {
      await page.goto(`/cases/${id}/${side}`)
      await expectAccessible(page)
    }
    await page.context().close()
  }
})
