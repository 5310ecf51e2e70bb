// Does the coordinator see who is missing where, in words, on the map and month by month – and nobody else?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, look, openSite, type Site } from '../../../test/site.ts'
import { offerSupport } from '../../cases/need/needs.server.ts'
import { Refused } from '../../core/errors.ts'
import { openCoverage } from './coverage.server.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  for (const language of ['ru', 'ru', 'lv']) {
    const id = await referCase(cast.lea)
    await offerSupport.run(cast.lea, {
      ...{
        id,
        offeredOn: '03.11.2026',
        answer: 'accepted',
        language,
        wantedSex: 'any',
        fromOn: '01.12.2026',
        months: '8',
      },
    })
  }
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('the gaps add up to what the best matching leaves uncovered, and every county has its answer', async () => {
  const open = () => openCoverage.run(cast.kim, { language: 'ru' })
  // What takes longer than a second is there when one comes again.
  await vi.waitFor(async () => expect((await open()).found).not.toBeNull(), 30_000)
  const { found, history, needs } = await open()
  expect(needs).toHaveLength(3)
  expect(found?.plan.violations).toEqual([])
  expect(found?.gaps.reduce((sum, { missing }) => sum + missing, 0)).toBe(found?.plan.solution.uncovered.length)
  const latvian = needs.find(({ language }) => language === 'lv')?.number
  expect(found?.gaps.find((gap) => gap.needs.includes(latvian ?? ''))).toMatchObject({ volunteers: [], missing: 1 })
  expect(found?.oneMore).toHaveLength(15)
  expect(history).toHaveLength(12)
  expect(history.at(-1)).toMatchObject({ month: '2026-11-01', waiting: 3, opened: 3, covered: 0 })
  expect((await openCoverage.run(cast.kim, { language: 'klingon' })).language).toBe('et')
})

test('nobody else is told', async () => {
  for (const who of ['lea', 'lou', 'peep', 'aino', 'jaan', 'max'] as const)
    await expect(openCoverage.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
})

test.each([390, 1280] as const)(
  'the page at %i px says who is missing, and the map follows the language',
  async (width) => {
    const page = await site.as('kim', { width })
    await page.goto('/matching')
    await page.getByRole('link', { name: 'Vaata, kus on tugiisikutest puudu' }).click()
    await page.getByRole('heading', { level: 1, name: 'Kus on tugiisikutest puudu' }).waitFor()
    expect(await page.locator('main').textContent()).toContain('läti keel')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'vene keel', exact: true }).click()
    await page.getByText('Maakonnad (vene keel)').first().waitFor()
    expect(await page.locator('.tv-map__square').count()).toBeGreaterThanOrEqual(15)
    await look(page, `coverage-${width}`)
  },
  60_000,
)
