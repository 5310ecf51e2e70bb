// Has each annex of the minutes a mark of its own, counted from the right day, and does everybody who holds it hear of a change?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite } from '../../../test/site.ts'
import { setSetting } from '../../access/settings/set.server.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { openForProcess } from '../../core/seal.server.ts'
import { formatDate } from '../../i18n/format.ts'
import { translator } from '../../i18n/i18n.ts'
import { writtenMinutes } from '../../reports/minutes/minutes-document.ts'
import { sendMinutes } from '../../reports/minutes/send.server.ts'
import { closeAgenda } from '../agenda/arrange.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { pledgeSilence } from '../live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting } from '../live/live.server.ts'
import { markAnnex, openMarkAnnex } from './mark-annex.server.ts'
import { openMinutes, writeMinutes } from './minutes.server.ts'
import { markedUntil } from './minutes.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
let attacker: Attacker
let cases: string[]
let id: string
const [first, second] = [() => cases[0] ?? '', () => cases[1] ?? '']
beforeAll(async () => {
  cast = await openCast()
  cases = [await referCase(cast.lea), await referCase(cast.lea)]
  id = (await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: today() })).id
  await closeAgenda.run(cast.lea, { id })
  await beginMeeting.run(cast.lea, { id })
  for (const who of [cast.lea, cast.mall]) await pledgeSilence.run(who, { id, silent: 'yes' })
  const words = { outcome: 'planned', words: 'Näidis-otsus', reason: 'Näidis-põhjus' }
  for (const one of cases) await decideItem.run(cast.lea, { id, case: one, ...words })
  await endMeeting.run(cast.lea, { id })
  const more = { meeting: id, case: first(), ida: cast.networks.ida, lea: cast.lea.id, mall: cast.mall.id }
  attacker = await openAttacker(cast, more)
}, 60_000)
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const marks = async () => (await openMinutes.run(cast.lea, { id })).marks
const letters = async () => {
  const { rows } = await cast.admin.query<{ to_sealed: Buffer | null; person_id: string | null }>(
    'delete from mail_outbox returning to_sealed, person_id',
  )
  return rows.map((row) => (row.to_sealed ? openForProcess('mail', row.to_sealed) : row.person_id)).toSorted()
}
const row = (more = `'death', '\\x01'`) =>
  `insert into annex_mark (network_id, case_id, meeting_id, ground, from_sealed, recorded_by) values (':ida', ':case', ':meeting', ${more}, ':lea')`

test('before there are minutes there is nothing to mark', async () => {
  const mark = { id, case: first(), ground: 'death', from: '01.01.2020' }
  await expect(openMarkAnnex.run(cast.lea, { id, case: first() })).rejects.toBeInstanceOf(Conflict)
  await expect(markAnnex.run(cast.lea, mark)).rejects.toBeInstanceOf(Conflict)
  expect(await attacker.attempt('lea', row())).toBe('42501')
  await writeMinutes.run(cast.lea, { id, ground: 'internal' })
})

test('each annex is closed for private life, whatever the main document is: 75 years from the making', async () => {
  const usual = { id: null, ground: 'private_life', from: today(), until: markedUntil(today(), 75) }
  expect([...(await marks()).entries()]).toEqual(expect.arrayContaining(cases.map((one) => [one, usual])))
  expect((await openMinutes.run(cast.lea, { id })).newest?.untilOn).toBe(markedUntil(today(), 5))
})

test('counted from a death or a birth it needs that day, and no day that cannot be', async () => {
  const mark = { id, case: first(), ground: 'death' }
  for (const from of ['', '01.01.2999', '31.12.1899'])
    await expect(markAnnex.run(cast.lea, { ...mark, from })).rejects.toMatchObject({ fields: { from: {} } })
  await expect(markAnnex.run(cast.lea, { ...mark, ground: 'internal' })).rejects.toMatchObject({
    fields: { ground: {} },
  })
})

test('30 years from a death, 110 from a birth, of that case alone; whoever holds a file of it hears of it, and the core group', async () => {
  const to = { name: 'Näidis-Saaja', organisation: 'Näidis-asutus', email: 'saaja@naidis.example', why: 'Näidis' }
  await sendMinutes.run(cast.lea, { id, ...to, form: 'pdf' })
  await letters()
  await markAnnex.run(cast.lea, { id, case: first(), ground: 'death', from: '29.02.2024' })
  expect((await marks()).get(first())).toMatchObject({ ground: 'death', from: '2024-02-29', until: '2054-02-28' })
  expect((await marks()).get(second())?.ground).toBe('private_life')
  expect(await letters()).toEqual([cast.mall.id, 'saaja@naidis.example'].toSorted())
  const born = { id, case: first(), ground: 'birth', from: '05.05.1985' }
  // Somebody has written another mark meanwhile.
  await expect(markAnnex.run(cast.lea, born)).rejects.toBeInstanceOf(Conflict)
  const { mark } = await openMarkAnnex.run(cast.lea, { id, case: first() })
  await markAnnex.run(cast.lea, { ...born, seen: mark.id })
  expect((await marks()).get(first())).toMatchObject({ from: '1985-05-05', until: '2095-05-05' })
  const kept = await cast.admin.query('select row_to_json(t)::text as line from annex_mark t')
  expect(kept.rowCount).toBe(2)
  expect(JSON.stringify(kept.rows)).not.toMatch(/1985|2024-02/)
})

test('how many years is said by the settings of the day', async () => {
  await setSetting.run(cast.ott, {
    name: 'markBirthYears',
    value: '100',
    validFrom: formatDate(today()),
    note: 'Näidis',
  })
  const { mark } = await openMarkAnnex.run(cast.lea, { id, case: first() })
  expect(mark.until).toBe('2095-05-05')
  await markAnnex.run(cast.lea, { id, case: first(), ground: 'birth', from: '05.05.1985', seen: mark.id })
  expect((await marks()).get(first())?.until).toBe('2085-05-05')
})

test('the document says it of each annex', async () => {
  const opened = await openMinutes.run(cast.lea, { id })
  if (!opened.newest) throw new Error('no minutes')
  const written = JSON.stringify(writtenMinutes(opened, opened.newest, translator('et'), 'et').blocks)
  for (const words of ['Lisa 1. ', 'Lisa 2. ', 'kuni 05.05.2085', `kuni ${formatDate(markedUntil(today(), 75))}`])
    expect(written).toContain(words)
})

test('only the lead of that network, who promised silence; nothing is changed or taken away by a statement', async () => {
  const mark = { id, case: second(), ground: 'death', from: '01.01.2020' }
  await expect(markAnnex.run(cast.max, mark)).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.mall, cast.kim, cast.lou, cast.aino])
    await expect(markAnnex.run(who, mark)).rejects.toBeInstanceOf(Refused)
  for (const who of ['mall', 'max', 'kim', 'lou'] as const)
    expect([who, await attacker.attempt(who, row())]).toEqual([who, '42501'])
  for (const who of ['max', 'kim', 'lou', 'aino'] as const)
    expect([who, await attacker.attempt(who, 'select id from annex_mark', 'read')]).toEqual([who, 0])
  for (const change of [
    'update annex_mark set years = 1',
    `update annex_mark set ground = 'birth'`,
    'delete from annex_mark',
  ])
    expect(await attacker.attempt('lea', change)).toBe('42501')
})

test('on a phone and on a desk', async () => {
  const site = await openSite(cast)
  try {
    const page = await site.as('lea', { width: 390 })
    await page.goto(`/meetings/${id}/minutes`)
    await look(page, 'annexes-390')
    await page
      .getByRole('link', { name: /Muuda lisa piirangut/ })
      .last()
      .click()
    await page.getByLabel('Eraelu kaitse, inimese surmast').check()
    await page.getByRole('button', { name: 'Salvesta piirang' }).click()
    await page.getByText('Kirjuta surma- või sünnipäev.').first().waitFor()
    await look(page, 'annex-390')
    await page.getByLabel('Surma- või sünnipäev').fill('01.02.2020')
    await page.getByRole('button', { name: 'Salvesta piirang' }).click()
    await page.getByText('Lisa juurdepääsupiirang on muudetud.').waitFor()
    await page.context().close()
    const desk = await site.as('lea', { width: 1280 })
    for (const [path, name] of [
      [`/meetings/${id}/minutes`, 'annexes-1280'],
      [`/meetings/${id}/minutes/mark/${second()}`, 'annex-1280'],
    ] as const) {
      await desk.goto(path)
      await look(desk, name)
    }
    await desk.context().close()
  } finally {
    await site.close()
  }
})
