// Does a support person find on her first page what helps in the situation she is in – and may only the coordinator change it?
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { expectAccessible, look, openSite, type Site } from '../../test/site.ts'
import { givenSupport, type Support } from '../../test/support.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../core/errors.ts'
import { locales } from '../i18n/i18n.ts'
import { fieldsOf } from '../volunteers/message/message.ts'
import { type Bearing, situations, situationsOf } from './material.ts'
import { listMaterials, openMaterial, openMaterialForm, situationsNow, writeMaterial } from './materials.server.ts'

let cast: Cast
let site: Site
let support: Support
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  support = await givenSupport(cast, addDays(today(), -40))
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

const now = () => asPerson('read', cast.lou.claim, (db) => situationsNow(db, cast.lou))
const days = (count: number) => addDays(today(), count)

test('a situation holds on its last day and not on the day after, whichever support it comes from', () => {
  const day = fc.integer({ min: -60, max: 60 }).map((count) => addDays('2026-06-01', count))
  const maybe = fc.option(day, { nil: null })
  const bearing: fc.Arbitrary<Bearing> = fc.record({
    startOn: maybe,
    endsOn: maybe,
    last: maybe,
    agreed: fc.constant(null),
  })
  const near = fc.integer({ min: 3, max: 60 })
  fc.assert(
    fc.property(fc.array(bearing, { maxLength: 4 }), maybe, fc.nat(2), near, (supports, dangerOn, asked, span) => {
      const is = situationsOf({ today: '2026-06-01', asked, dangerOn, supports }, span, 21)
      const since = (from: string | null) => from !== null && addDays('2026-06-01', -span) <= from
      expect(is.includes('danger')).toBe(since(dangerOn))
      expect(is.includes('asked')).toBe(asked > 0)
      expect(is.includes('beginning')).toBe(supports.some((one) => one.last === null || since(one.startOn)))
      expect(is.includes('ending')).toBe(
        supports.some(({ endsOn }) => endsOn !== null && endsOn <= addDays('2026-06-01', span)),
      )
      const quietFrom = ({ startOn, last }: Bearing) => (startOn && last && last > startOn ? last : startOn)
      const tooQuiet = (one: Bearing) => (quietFrom(one) ?? '9') < addDays('2026-06-01', -21)
      expect(is.includes('silence')).toBe(supports.some(tooQuiet))
      expect(is).toEqual(situations.filter((one) => is.includes(one)))
    }),
  )
})

test('what she lives through decides: no contact yet, a contact, a worry, the end', async () => {
  expect(await now()).toEqual(['silence', 'beginning'])
  const visit = (on: string) =>
    cast.admin.query(
      `insert into visit (network_id, case_id, number, assignment_id, volunteer_id, on_date, way, minutes, contacts, recorded_by)
       select network_id, case_id, number, id, volunteer_id, $2, 'phone', 20, 1, $3 from assignment where id = $1`,
      [support.assignment, on, cast.lou.id],
    )
  await visit(days(-2))
  expect(await now()).toEqual([])
  await cast.admin.query(
    `insert into concern (network_id, case_id, number, volunteer_id, kind, raised_at, raised_by) values ($1, $2, $3, $4, 'danger', now(), $5)`,
    [cast.networks.ida, support.caseId, support.number, cast.volunteer, cast.lou.id],
  )
  expect(await now()).toEqual(['danger'])
  await cast.admin.query('update assignment set end_on = $2 where id = $1', [support.assignment, days(14)])
  expect(await now()).toEqual(['danger', 'ending'])
  expect(await asPerson('read', cast.kim.claim, (db) => situationsNow(db, cast.kim))).toEqual([])
})

test('every situation has its words in three languages, and names numbers that help where somebody may be in danger', async () => {
  const { materials } = await listMaterials.run(cast.lou, {})
  expect(materials.map(({ situation }) => situation)).toEqual([...situations])
  for (const { situation, words } of materials)
    for (const locale of locales) {
      expect(words[locale]?.title.length, `${situation} ${locale}`).toBeGreaterThan(5)
      expect(words[locale]?.body.length, `${situation} ${locale}`).toBeGreaterThan(200)
      if (['danger', 'silence', 'children'].includes(situation)) expect(words[locale]?.body).toContain('112')
    }
})

test('a new version holds at once, the earlier ones stay, and of two who write one is told', async () => {
  const { shown } = await openMaterialForm.run(cast.kim, { situation: 'self' })
  const next = { situation: 'self', version: '1', changed: 'Näidis-muudatus', ...fieldsOf(shown.words) }
  await writeMaterial.run(cast.kim, { ...next, etTitle: 'Näidis-uus pealkiri' })
  await expect(writeMaterial.run(cast.kim, next)).rejects.toBeInstanceOf(Conflict)
  const opened = await openMaterial.run(cast.lou, { situation: 'self' })
  expect(opened.shown).toMatchObject({ version: 2, words: { et: { title: 'Näidis-uus pealkiri' } } })
  expect((await openMaterial.run(cast.tiia, { situation: 'self', version: '1' })).shown.words).toEqual(shown.words)
  await expect(openMaterial.run(cast.lou, { situation: 'self', version: '9' })).rejects.toBeInstanceOf(NotFound)
  const wrong = { ...next, version: '2', ruBody: '', enBody: 'Case M-2026-001' }
  const error = await writeMaterial.run(cast.kim, wrong).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Invalid)
  expect(Object.keys((error as Invalid).fields).sort()).toEqual(['enBody', 'ruBody'])
})

test('whoever neither supports nor guides reads none, and nobody but the coordinator writes', async () => {
  for (const who of ['lea', 'mall', 'ott', 'aino', 'jaan'] as const)
    await expect(listMaterials.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
  const { shown } = await openMaterialForm.run(cast.kim, { situation: 'back' })
  const next = { situation: 'back', version: '1', changed: 'x', ...fieldsOf(shown.words) }
  for (const who of ['lou', 'sirje', 'tiia', 'peep'] as const) {
    await expect(writeMaterial.run(cast[who], next)).rejects.toBeInstanceOf(Refused)
    const wrote = asPerson('write', cast[who].claim, (db) =>
      db
        .insertInto('material')
        .values({ situation: 'back', version: 2, words: '{}', changed: 'x', createdBy: cast[who].id })
        .execute(),
    )
    await expect(wrote).rejects.toBeInstanceOf(NotFound)
  }
})

test.each([390, 1280] as const)(
  'at %i px she comes from her first page to what to do, and can call',
  async (width) => {
    const page = await site.as('lou', { width })
    await page.goto('/')
    await page.getByRole('heading', { name: 'Abiks praegu' }).waitFor()
    await look(page, `materials-home-${width}`)
    await page.getByRole('link', { name: 'Kui on oht' }).click()
    expect(await page.getByRole('link', { name: '112' }).last().getAttribute('href')).toBe('tel:112')
    expect(await page.getByRole('link', { name: '116 006' }).last().getAttribute('href')).toBe('tel:116006')
    await expectAccessible(page)
    await look(page, `material-${width}`)
    await page.getByRole('link', { name: 'Abiks eri olukordades' }).click()
    await page.getByText('Praegu sulle').waitFor()
    await expectAccessible(page)
    await look(page, `materials-${width}`)
    const desk = await site.as('kim', { width })
    await desk.goto('/volunteers')
    await desk.getByRole('link', { name: 'Abiks eri olukordades' }).click()
    await desk.getByRole('link', { name: 'Kui ta ei vasta' }).click()
    await desk.getByRole('link', { name: 'Tee uus versioon' }).click()
    await expectAccessible(desk)
    await look(desk, `material-edit-${width}`)
    await desk.getByRole('button', { name: 'Salvesta' }).click()
    await desk.getByText('Mis muutus').first().waitFor()
    await desk.getByRole('heading', { name: 'Midagi vajab parandamist' }).waitFor()
  },
  60_000,
)
