// Is the coordinator's real workbook taken over whole, once, by the right person, or not at all?
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { coverCountry } from '../../../test/whole-country.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { translator } from '../../i18n/i18n.ts'
import { returnedWorkbook } from '../returned.server.ts'
import { openWorkbook } from '../workbook.server.ts'
import { decideBatch, discardBatch, openBatch, openReturned } from './batches.server.ts'
import { importAs } from './command-line.server.ts'
import { commitBatch } from './commit.server.ts'
import { listBatches, uploadWorkbook } from './upload.server.ts'

let cast: Cast
const path = new URL('../../../test/data/koordinaatori-tabel-a.xlsx', import.meta.url)
const workbook = () => new File([readFileSync(path)], 'tabel.xlsx')
const upload = () => uploadWorkbook.run(cast.kim, { file: workbook() })
const opened = async (id: string) => {
  const { waiting } = await openBatch.run(cast.kim, { id })
  if (!waiting) throw new Error('the batch does not wait')
  return waiting
}

/** How many rows each table has that an import could touch. */
async function contents() {
  const tables = [
    'volunteer',
    'volunteer_evidence',
    'volunteer_status',
    'case_file',
    'assessment',
    'need',
    'need_event',
    'visit',
    'person',
    'reveal',
  ]
  const counts: [string, number][] = []
  for (const table of tables)
    counts.push([table, (await cast.admin.query(`select count(*)::int n from ${table}`)).rows[0].n])
  return Object.fromEntries(counts)
}

beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

test('a need in a county without a network is held back, and so are the hours of its case', async () => {
  const { id } = await upload()
  const { plan } = await opened(id)
  const needs = plan.sheets.find((sheet) => sheet.kind === 'needs')
  const hours = plan.sheets.find((sheet) => sheet.kind === 'hours')
  expect(needs?.totals.stopped).toBeGreaterThan(0)
  expect(hours?.totals.waits).toBeGreaterThan(0)
  await discardBatch.run(cast.kim, { id })
  await expect(openReturned.run(cast.kim, { id })).rejects.toBeInstanceOf(Conflict)
  await expect(commitBatch.run(cast.kim, { id })).rejects.toBeInstanceOf(Conflict)
  const { rows } = await cast.admin.query('select preview_sealed from import_batch where id = $1', [id])
  expect(rows[0].preview_sealed).toBeNull()
  await coverCountry(cast)
})

test('nobody but the coordinator who brought it sees or decides', async () => {
  const { id } = await upload()
  for (const who of [cast.max, cast.lou, cast.peep]) {
    await expect(uploadWorkbook.run(who, { file: workbook() })).rejects.toBeInstanceOf(Refused)
    await expect(listBatches.run(who, {})).rejects.toBeInstanceOf(Refused)
    await expect(openBatch.run(who, { id })).rejects.toBeInstanceOf(Refused)
    await expect(openReturned.run(who, { id })).rejects.toBeInstanceOf(Refused)
    await expect(decideBatch.run(who, { id })).rejects.toBeInstanceOf(Refused)
    await expect(commitBatch.run(who, { id })).rejects.toBeInstanceOf(Refused)
    await expect(discardBatch.run(who, { id })).rejects.toBeInstanceOf(Refused)
  }
  await cast.admin.query('update import_batch set made_by = $1 where id = $2', [cast.tiia.id, id])
  for (const operation of [openBatch, openReturned, decideBatch, commitBatch, discardBatch])
    await expect(operation.run(cast.kim, { id })).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query('update import_batch set made_by = $1 where id = $2', [cast.kim.id, id])
})

test('what waits is sealed, and the same file leads to the same batch', async () => {
  const { id } = await upload()
  expect(await upload()).toEqual({ id })
  const { rows } = await cast.admin.query('select * from import_batch where id = $1', [id])
  expect(rows[0].preview_sealed.includes('Näidis')).toBe(false)
  expect(JSON.stringify(rows[0].counts)).not.toContain('Näidis')
})

test('the preview asks once for each question, and answers let the rows in', async () => {
  const { id } = await upload()
  const before = await opened(id)
  expect(before.questions.map(({ name, rows }) => [name, rows])).toEqual([
    ['Laura Näidis-Tamm', expect.any(Number)],
    ['Laura Näidis-Tamm', expect.any(Number)],
  ])
  expect(before.plan.sheets.map(({ totals }) => totals.take)).toEqual([63, 40, 105])
  const [question] = before.questions
  const key = question?.candidates.find((one) => one.taken)?.key
  await decideBatch.run(cast.kim, { id, [`choice.${question?.id}`]: key })
  const after = await opened(id)
  expect(after.plan.sheets[2]?.totals.take).toBe(105 + (question?.rows ?? 0))
  await decideBatch.run(cast.kim, { id, [`choice.${question?.id}`]: '' })
  expect((await opened(id)).plan.sheets[2]?.totals.take).toBe(105)
})

test('who is left out takes the hours along, and comes back when ticked again', async () => {
  const { id } = await upload()
  const { plan } = await opened(id)
  const named = plan.sheets[2]?.rows.find(({ fate }) => fate === 'take')?.row.values as { volunteerKey: string }
  const row = plan.sheets[0]?.rows.find(({ row }) => row.key === named.volunteerKey)
  await decideBatch.run(cast.kim, { id, seen: [row?.id ?? ''], take: [] })
  const without = await opened(id)
  expect(without.plan.sheets[0]?.totals).toMatchObject({ leftOut: 1, take: 62 })
  expect(without.plan.sheets[2]?.totals.waits).toBeGreaterThan(0)
  await decideBatch.run(cast.kim, { id, seen: [row?.id ?? ''], take: [row?.id ?? ''] })
  expect((await opened(id)).plan.take).toBe(208)
})

test('a note about health comes along only where the coordinator says that it is needed', async () => {
  const { id } = await upload()
  const asks = (await opened(id)).plan.sheets[1]?.rows.filter(({ note }) => note === 'choose') ?? []
  expect(asks.map(({ row }) => row.row)).toEqual([5, 32])
  const [kept = { id: '' }, other = { id: '' }] = asks
  await decideBatch.run(cast.kim, { id, noteSeen: [kept.id, other.id], keepNote: [kept.id] })
  const after = (await opened(id)).plan.sheets[1]?.rows.filter(({ note }) => note === 'chosen')
  expect(after?.map(({ row }) => row.row)).toEqual([5])
})

test('a supervisor who is new needs an address of their own', async () => {
  const { id } = await upload()
  const { supervisors } = await opened(id)
  expect(supervisors.map(({ name }) => name)).toContain('Juhendaja A (Põhja)')
  const wrong = (fields: Record<string, string>) =>
    decideBatch.run(cast.kim, { id, ...fields }).catch((error: Invalid) => Object.keys(error.fields))
  expect(await wrong({ 'supervisor.0': 'new', 'email.0': 'juhendaja' })).toEqual(['email.0'])
  expect(await wrong({ 'supervisor.0': cast.lou.id })).toEqual(['supervisor.0'])
  const taken = commitBatch.run(cast.kim, { id, 'supervisor.0': 'new', 'email.0': 'lou@naidis.example' })
  await expect(taken).rejects.toSatisfy((error: Invalid) => error.fields['email.0']?.key === 'imports.supervisor.taken')
})

test('what cannot be read goes back with its reason', async () => {
  const { id } = await upload()
  const preview = await openReturned.run(cast.kim, { id })
  const bytes = await returnedWorkbook(preview, translator('et'))
  const sheets = await openWorkbook(bytes ?? Buffer.alloc(0))
  expect(sheets.map(({ rows }) => rows.length - 1)).toEqual([4, 14])
})

test('a failure in the middle leaves nothing behind', async () => {
  const { id } = await upload()
  const before = await contents()
  await cast.admin.query(`create function fail_now() returns trigger language plpgsql as $$ begin
    if (select count(*) from visit) > 50 then raise exception 'broken' using errcode = '23514'; end if; return new; end $$`)
  await cast.admin.query('create trigger fail_now after insert on visit for each row execute function fail_now()')
  await expect(commitBatch.run(cast.kim, { id })).rejects.toBeInstanceOf(Invalid)
  await cast.admin.query('drop trigger fail_now on visit')
  expect(await contents()).toEqual(before)
  expect((await opened(id)).plan.take).toBe(208)
})

test('everything is taken over as the reading by hand counts it, and the needs wait for somebody', async () => {
  const { id } = await upload()
  const before = await contents()
  const places = Object.fromEntries(
    (await opened(id)).supervisors.map(({ place, name }) => [name, String(place)] as const),
  )
  const first = places['Juhendaja A (Põhja)'] ?? ''
  const { made } = await commitBatch.run(cast.kim, {
    id,
    [`supervisor.${first}`]: 'new',
    [`email.${first}`]: 'juhendaja.a@naidis.example',
  })
  expect(made).toEqual({ volunteers: 63, needs: 40, hours: 105, supervisors: 1 })
  const after = await contents()
  const more = (table: string) => (after[table] ?? 0) - (before[table] ?? 0)
  expect([more('volunteer'), more('case_file'), more('need'), more('visit'), more('person')]).toEqual([
    63, 40, 40, 105, 1,
  ])
  const { rows: open } = await cast.admin.query(`select number from need where status = 'open'`)
  expect(open).toHaveLength(40)
  const { rows: notes } = await cast.admin.query(`select number from need where note = 'Ratastool'`)
  expect(notes).toEqual([{ number: 'M-2022-004' }])
  const { rows: events } = await cast.admin.query(
    `select object_kind, count(*)::int n from audit_event where action = 'import.row' group by 1 order by 1`,
  )
  expect(events).toEqual([
    { object_kind: 'need', n: 40 },
    { object_kind: 'person', n: 1 },
    { object_kind: 'visit', n: 105 },
    { object_kind: 'volunteer', n: 63 },
  ])
  const { rows: guided } = await cast.admin.query(
    `select count(*)::int n from volunteer v join person p on p.id = v.supervisor_id where p.email = 'juhendaja.a@naidis.example'`,
  )
  expect(guided[0].n).toBeGreaterThan(0)
  const { rows: batch } = await cast.admin.query('select state, preview_sealed from import_batch where id = $1', [id])
  expect(batch[0]).toEqual({ state: 'committed', preview_sealed: null })
})

test('one volunteer stands in the register as in the sheet', async () => {
  const { rows } = await cast.admin.query(`select v.* from volunteer v where name = 'Olga Näidis-Mägi-6'`)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    ...{ phone: '+37251049459', email: 'olga6@example.ee', county_code: '0037', municipality_code: '0784' },
    ...{ languages: ['et', 'ru', 'en'], max_cases: 2, has_car: false, child_contact: true, status: 'active' },
  })
  const papers = await cast.admin.query(
    'select kind, valid_from::text, valid_to::text from volunteer_evidence where volunteer_id = $1 order by kind',
    [rows[0].id],
  )
  expect(papers.rows).toEqual([
    { kind: 'background', valid_from: '2021-09-26', valid_to: null },
    { kind: 'contract', valid_from: '2020-07-05', valid_to: '2022-07-05' },
    { kind: 'pledge', valid_from: '2020-07-05', valid_to: null },
    { kind: 'training', valid_from: '2020-04-30', valid_to: null },
  ])
})

test('the same file again changes nothing, in the browser and from the command line', async () => {
  const before = await contents()
  const { id } = await upload()
  const { plan } = await opened(id)
  expect(plan.take).toBe(0)
  expect(plan.sheets.map(({ totals }) => [totals.known, totals.same, totals.refused])).toEqual([
    [63, 1, 1],
    [40, 0, 0],
    [105, 0, 14],
  ])
  const both = await Promise.allSettled([commitBatch.run(cast.kim, { id }), commitBatch.run(cast.kim, { id })])
  const done = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.made] : []))
  expect(done).toEqual([{ volunteers: 0, needs: 0, hours: 0, supervisors: 0 }])
  expect(await importAs(cast.kim, workbook())).toMatchObject({ made: { volunteers: 0, needs: 0, hours: 0 } })
  expect(await contents()).toEqual(before)
  const { rows } = await cast.admin.query(`select count(*)::int n from audit_event where action = 'import.row'`)
  expect(rows[0].n).toBe(209)
  expect((await listBatches.run(cast.kim, {})).map(({ state }) => state)).toEqual([
    'committed',
    'committed',
    'committed',
    'discarded',
  ])
})
