// Does the coordinator have the country's entries looked at in a real browser, and read the result as it is meant?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { drawnBy, lastDays, lookAtAll, writtenBy } from '../../../test/sample.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { givenSupport } from '../../../test/support.ts'
import { formatDate } from '../../i18n/format.ts'
import { publishRounds } from './country.server.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  const { assignment } = await givenSupport(cast, dayFromNow(-80))
  await writtenBy(cast.lou, assignment, 60)
  await earlier()
  site = await openSite(cast)
}, 120_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

/** Many support persons write, as far as the rounds know; of so few as there are here nothing would be told. */
const manyWrite = () => cast.admin.query('update sample_round set volunteers = 12')

/** A round of the earlier days is over. */
async function earlier(): Promise<void> {
  const { round, drawn } = await drawnBy(cast, cast.kim, 'country', lastDays(60, { toOn: dayFromNow(-41) }))
  await lookAtAll(cast.sirje, round, drawn, 7)
  await manyWrite()
  await publishRounds(cast.sys)
}

const said = (page: Page, words: string) => page.getByText(words).first().waitFor()
const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()

test.each([390, 1280] as const)(
  'at %i px she draws, sees how far they are, and what came of it beside the round before',
  async (width) => {
    const page = await site.as('kim', { width })
    await page.goto('/supervision/coverage')
    await page.getByRole('link', { name: 'Ülevaatused' }).click()
    await page.getByRole('link', { name: 'Uus ülevaatus' }).click()
    const [from, to] = width === 390 ? [-40, -21] : [-20, 0]
    await page.fill('#fromOn', formatDate(dayFromNow(from)))
    await page.fill('#toOn', formatDate(dayFromNow(to)))
    await press(page, 'Arvuta')
    await said(page, 'Mida see tähendab')
    await look(page, `country-plan-${width}`)
    await page.getByRole('button', { name: /^Loosi \d+ sissekannet$/ }).click()
    await said(page, 'Loos on tehtud.')
    await said(page, cast.sirje.name)
    await look(page, `country-running-${width}`)
    const round = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const { rows: drawn } = await cast.admin.query(
      `select id, visit_id as "visitId", drawn_as as "drawnAs" from sample_entry where round_id = $1 and drawn_as is not null order by ticket`,
      [round],
    )
    await lookAtAll(cast.sirje, round, drawn, 2)
    await manyWrite()
    await publishRounds(cast.sys)
    await page.reload()
    await said(page, 'Midagi oli puudu alla 5 sissekandes.')
    await said(page, 'Puudu ei olnud üheski.')
    await look(page, `country-result-${width}`)
    expect(await page.textContent('main')).not.toContain('Lou')
    await page.goto('/samples')
    await said(page, 'Ülevaatusest ülevaatusse')
    await look(page, `country-${width}`)
    await page.goto('/samples/checklist')
    await look(page, `checklist-${width}`)
    await page.getByRole('link', { name: 'Tee uus versioon' }).click()
    await look(page, `checklist-edit-${width}`)
    await page.context().close()
  },
  120_000,
)
