// Does somebody whose account was closed come back in a browser – by two who have seen her, and by one link?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openPost, type Post } from '../../../test/post.ts'
import { look, openSite, type Site } from '../../../test/site.ts'

let cast: Cast
let site: Site
let post: Post
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  post = await openPost(cast, site)
}, 60_000)
afterAll(async () => {
  await post.close()
  await site.close()
  await cast.close()
})

test.each([390, 1280] as const)(
  'closed by one, opened by two, at %i px',
  async (width) => {
    const mall = `/people/${cast.mall.id}`
    const ott = await site.as('ott', { width })
    await ott.goto(`${mall}/disable`)
    await look(ott, `closing-${width}`)
    await ott.getByRole('button', { name: 'Sulge konto' }).click()
    await ott.getByRole('link', { name: 'Ava konto uuesti' }).click()
    await ott.getByLabel('Põhjus').fill('Võtmed olid võõra käes')
    await ott.getByRole('button', { name: 'Ava konto uuesti' }).click()
    expect(await ott.locator('#way-error').count()).toBe(1)
    await look(ott, `reopening-${width}`)
    await ott.getByLabel('Kohtusime ja vaatasin dokumenti').check()
    await ott.getByRole('button', { name: 'Ava konto uuesti' }).click()
    expect((await post.fetch()).map((letter) => letter.to)).toContain('mall@naidis.example')
    const kim = await site.as('kim', { width })
    await kim.goto('/confirmations')
    await kim.getByRole('link', { name: 'Mall Näidis-Maasik' }).click()
    await look(kim, `reopening-seen-${width}`)
    await kim.getByLabel('Videokõne: võrdlesin nägu ja dokumenti').check()
    await kim.getByRole('button', { name: 'Kinnita' }).click()
    await look(kim, `reopening-link-${width}`)
    // Until the link is taken nothing leads in, and the page of the account says so.
    await ott.goto(mall)
    expect(await ott.getByText('Vajab tagasipääsu').count()).toBe(1)
    await look(ott, `reopened-${width}`)
    await kim.getByRole('button', { name: 'Saada link' }).click()
    const word = ((await kim.locator('p.tv-number').textContent()) ?? '').trim()
    await post.fetch()
    const out = await site.as(null, { width })
    await out.goto('/sign-in/help')
    await look(out, `locked-out-${width}`)
    await post.click(out)
    await out.getByLabel('Kood', { exact: true }).fill(word)
    await out.getByRole('button', { name: 'Jätka' }).click()
    expect(await out.locator('h1').textContent()).toBe('Lisa teine samm')
    for (const page of [ott, kim, out]) await page.context().close()
  },
  120_000,
)
