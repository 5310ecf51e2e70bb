// Can the report be read, written and sent on every screen, without a fault that keeps anybody out?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { monthOfWork } from '../../../test/period.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { today } from '../../core/clock.server.ts'
import { periodOf, previousPeriod } from '../../evaluation/period.ts'
import { createReport, writeReport } from '../reports.server.ts'

let cast: Cast
let site: Site
let id: string
const last = previousPeriod(periodOf(today(), 'month'))
beforeAll(async () => {
  cast = await openCast()
  await monthOfWork(cast, `${last.from.slice(0, 8)}05`, 7)
  id = (await createReport.run(cast.kim, { period: last.key })).id
  await writeReport.run(cast.kim, { id, ownText: 'Näidis-tekst.' })
  site = await openSite(cast)
}, 60_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('the coordinator opens a figure, submits the report, and the manager accepts it on a phone', async () => {
  const kim = await site.as('kim', { width: 1280 })
  await kim.goto(`/reports/${id}`)
  await expectAccessible(kim)
  await kim.getByRole('link', { name: '10,5 tundi' }).first().click()
  expect(await kim.getByRole('row').count()).toBe(8)
  await expectAccessible(kim)
  await kim.goto(`/reports/${id}`)
  await kim.getByRole('link', { name: 'Esita aruanne' }).click()
  await kim.getByRole('button', { name: 'Esita aruanne' }).click()
  await kim.getByText('Aruanne on esitatud.').waitFor()
  await kim.getByRole('link', { name: 'Võrdle tänasega' }).click()
  await expectAccessible(kim)
  const peep = await site.as('peep', { width: 390 })
  await peep.goto('/reports')
  await peep.getByRole('link', { name: / 20\d\d$/ }).click()
  await expectAccessible(peep)
  expect(await peep.locator('a.tv-figure__value').count()).toBe(0)
  await peep.getByRole('link', { name: 'Võta vastu' }).click()
  await peep.getByRole('button', { name: 'Võta aruanne vastu' }).click()
  await peep.getByText('Aruanne on vastu võetud.').waitFor()
}, 60_000)
