// Does somebody find the same list again with one press, alone, and with nothing of it readable in the database?
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Attacker, openAttacker, openWorld } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { listCases } from '../../cases/cases.server.ts'
import { Invalid, NotFound, Refused } from '../errors.ts'
import { dropFilter, keepFilter, listSavedFilters, mostSaved, openKeepFilter } from './saved-filters.server.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
let site: Site
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  attacker = await openAttacker(cast, await openWorld(cast))
})
afterAll(async () => {
  await attacker.close()
  await site.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('delete from saved_filter'))

const late = { list: 'cases', query: 'need=open&due=late', name: 'Näidis: hilinenud' }

test('what is kept is mine alone, stands above the list, and goes away again', async () => {
  const { id } = await keepFilter.run(cast.lea, late)
  expect((await listCases.run(cast.lea, {})).saved).toEqual([{ id, ...late }])
  expect(await listSavedFilters.run(cast.mall, {})).toEqual([])
  await expect(dropFilter.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  const { rows } = await cast.admin.query('select words_sealed::text as words from saved_filter')
  expect(rows[0].words).not.toContain(Buffer.from('hilinenud').toString('hex'))
  await dropFilter.run(cast.lea, { id })
  expect(await listSavedFilters.run(cast.lea, {})).toEqual([])
})

test('only choices of a list are kept, not addresses, and not more than anybody finds again', async () => {
  for (const query of ['', '//example.org', 'a=b#c', '"><script>', 'x'.repeat(401)])
    await expect(keepFilter.run(cast.lea, { ...late, query })).rejects.toBeInstanceOf(Invalid)
  expect(await openKeepFilter.run(cast.lea, { list: 'people', query: '//x' })).toEqual({ list: 'cases', query: '' })
  await expect(keepFilter.run(cast.lea, { ...late, list: 'people' })).rejects.toBeInstanceOf(Invalid)
  await expect(keepFilter.run(cast.lea, { ...late, name: ' ' })).rejects.toMatchObject({
    fields: { name: expect.anything() },
  })
  for (let at = 0; at < mostSaved; at++) await keepFilter.run(cast.lea, { ...late, name: `Näidis ${at}` })
  await expect(keepFilter.run(cast.lea, late)).rejects.toMatchObject({
    fields: { name: { key: 'core.saved.enough', args: { count: mostSaved } } },
  })
  await expect(keepFilter.run(cast.lou, late)).rejects.toBeInstanceOf(Refused)
})

test('with a statement of one’s own nobody reads, keeps or removes another’s', async () => {
  await keepFilter.run(cast.lea, late)
  const add = (who: string) =>
    `insert into saved_filter (person_id, list, words_sealed) values (':${who}', 'cases', '\\x01')`
  expect(await attacker.attempt('mall', add('mall'))).toBe(1)
  for (const statement of [
    'select 1 from saved_filter where person_id = ',
    'delete from saved_filter where person_id = ',
  ])
    expect(await attacker.attempt('mall', `${statement}':lea'`)).toBe(0)
  expect(await attacker.attempt('mall', add('lea'))).toBe('42501')
  expect(await attacker.attempt('lea', `update saved_filter set words_sealed = '\\x02'`)).toBe('42501')
})

test('late and soon are found by tasks and by what somebody has promised', async () => {
  const [soon, late, none] = [await referCase(cast.lea), await referCase(cast.lea), await referCase(cast.lea)]
  const due = (of: string, days: number) =>
    cast.admin.query(
      `insert into case_task (network_id, case_id, kind, due_on) values ($1, $2, 'assess-again', current_date + $3::int)`,
      [cast.networks.ida, of, days],
    )
  await due(soon, 5)
  await due(late, -2)
  await due(none, 30)
  const found = async (how: string) => (await listCases.run(cast.lea, { due: how })).rows.map((row) => row.id)
  expect(await found('late')).toEqual([late])
  expect((await found('week')).sort()).toEqual([soon, late].sort())
  expect((await found('never')).length).toBeGreaterThan(2)
})

test('on a phone without scripts: choose, keep, come back, tidy up', async () => {
  const page = await site.as('lea', { width: 390, scripts: false })
  await page.goto('/cases?risk=none')
  await page.getByRole('link', { name: 'Jäta see valik meelde' }).click()
  await page.getByRole('button', { name: 'Jäta meelde' }).click()
  await page.getByText('Probleem').or(page.getByRole('alert')).first().waitFor()
  await page.getByLabel('Nimi').fill('Näidis: hindamata')
  await page.getByRole('button', { name: 'Jäta meelde' }).click()
  await page.getByText('Valik on meeles.').waitFor()
  await page.goto('/cases')
  await page.getByRole('link', { name: 'Näidis: hindamata' }).click()
  await page.waitForURL(`${site.origin}/cases?risk=none`)
  expect(await page.getByRole('link', { name: 'Jäta see valik meelde' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Korrasta valikuid' }).click()
  await page.getByRole('button', { name: /^Kustuta/ }).click()
  await page.getByText('Valik on kustutatud.').waitFor()
  await page.context().close()
  await keepFilter.run(cast.lea, late)
  for (const width of [390, 1280] as const) {
    const seeing = await site.as('lea', { width })
    for (const address of ['/cases?need=open&due=late', '/filters', '/filters/keep?list=cases&query=risk%3Dnone']) {
      await seeing.goto(address)
      await look(seeing, `saved-${width}-${address.length}`)
    }
    await seeing.context().close()
  }
})
