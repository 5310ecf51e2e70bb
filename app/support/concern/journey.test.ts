// Does a danger that was told lead on, on a phone and a screen: from the worry to the incident, and into the story and the chart of the case?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { saveAssessment } from '../../cases/risk/assess.server.ts'
import { instrumentNow } from '../../cases/risk/assessments.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { logVisit } from '../visit/visits.server.ts'

vi.setConfig({ testTimeout: 60_000 })
let cast: Cast
let site: Site
let support: Support
let concern: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  support = await givenSupport(cast, '2026-11-03')
  const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((one) => [`answers.${one.id}`, 'no']))
  const made = { id: support.caseId, madeOn: today(), withVictim: 'yes', save: 'final' }
  await saveAssessment.run(cast.lea, { ...made, ...answers })
  const told = { ...usualVisit, assignment: support.assignment, day: today(), danger: 'yes' }
  concern = (await logVisit.run(cast.lou, told)).concernId ?? ''
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test.each([390, 1280] as const)('at %i px the worry leads to the incident, and the case tells of it', async (width) => {
  const page = await site.as('lea', { width })
  await page.goto(`/concerns/${concern}`)
  await look(page, `concern-${width}`)
  await page.getByRole('link', { name: 'Pane sündmus kirja' }).click()
  await page.getByRole('button', { name: 'Pane kirja' }).waitFor()
  await page.goto(`/cases/${support.caseId}/timeline`)
  await page.getByText('Mure: Ohumärge').waitFor()
  await look(page, `timeline-${width}`)
  await page.goto(`/cases/${support.caseId}/risk`)
  await page.getByRole('img', { name: /Sündmusi ja muutusi on 1\.$/ }).waitFor()
  expect(await page.content()).toContain('Tugiisik märkis ohu')
  await look(page, `risk-${width}`)
  await page.goto(`/cases/${support.caseId}/plan/new`)
  await page.getByRole('button', { name: 'Salvesta' }).first().click()
  await page.getByRole('group', { name: 'Kas kannatanuga võetakse selleks ühendust?' }).waitFor()
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0)
  await look(page, `action-${width}`)
  await page.context().close()
})

test('who guides her sees the worry, and no step into the case', async () => {
  const page = await site.as('sirje', { width: 390 })
  await page.goto(`/concerns/${concern}`)
  await page.getByRole('heading', { name: `Ohumärge, ${support.number}` }).waitFor()
  expect(await page.getByRole('link', { name: 'Pane sündmus kirja' }).count()).toBe(0)
  await page.context().close()
})
