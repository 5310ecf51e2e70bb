// Does the page say which way nobody goes alone, who can confirm, and what came of it?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'

vi.setConfig({ testTimeout: 120_000 })
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

test.each([390, 1280] as const)(
  'at %i px a brake is loosened by two: one asks, the other finds it and confirms',
  async (width) => {
    const [name, value] =
      width === 390
        ? ['Mitu faili päevas võib üks inimene alla laadida', '20']
        : ['Mitu isikukoodi päevas võib üks inimene sisestada', '40']
    const kim = await site.as('kim', { width })
    await kim.goto('/settings')
    // The long list on a phone is examined by the journey of the people's pages.
    if (width === 1280) await look(kim, `settings-${width}`)
    await kim.getByRole('link', { name }).click()
    await kim.getByText('Suuremat väärtust ei määra keegi üksi').waitFor()
    await kim.getByRole('link', { name: 'Muuda väärtust' }).click()
    await kim.getByLabel('Uus väärtus').fill(value)
    await kim.getByLabel('Allikas või põhjendus').fill('Näidis: kuu lõpu aruanded')
    await kim.getByRole('button', { name: 'Salvesta väärtus' }).click()
    expect(await kim.locator('.tv-main').textContent()).toContain(
      'Küsitud. Väärtus hakkab kehtima siis, kui teine inimene on kinnitanud.',
    )
    expect(await kim.locator('.tv-main').textContent()).toContain('Ott Näidis-Orav')
    expect(await kim.getByRole('button', { name: 'Kinnita', exact: true }).count()).toBe(0)
    await look(kim, `setting-asked-${width}`)
    const ott = await site.as('ott', { width })
    await ott.goto('/confirmations')
    await look(ott, `settings-waiting-${width}`)
    await ott.getByRole('link', { name }).click()
    await look(ott, `setting-confirm-${width}`)
    await ott.getByRole('button', { name: 'Kinnita', exact: true }).click()
    expect(await ott.locator('.tv-main').textContent()).toContain('Kinnitatud. Küsija saab teate.')
    expect(await ott.locator('.tv-main').textContent()).toContain('Näidis: kuu lõpu aruanded')
    await kim.goto('/confirmations')
    expect(await kim.locator('.tv-main').textContent()).toContain('Kinnitatud')
    await Promise.all([kim.context().close(), ott.context().close()])
  },
)
