// Does what was paid come back to whoever paid it: claimed with its receipt, decided by another, paid once – and kept as long as the rule says?
import { sql } from 'kysely'
import readExcelFile from 'read-excel-file/node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld, type World } from '../../../test/attack.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { pictureOf } from '../../../test/pictures.ts'
import { lend, standIn } from '../../../test/substitution.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, type Invalid, NotFound, Refused } from '../../core/errors.ts'
import { translator } from '../../i18n/i18n.ts'
import { monthOf } from '../../support/visit/visit.ts'
import { approveExpense, listExpenses, openExpense, receiptFile, returnExpense } from './decide.server.ts'
import { claimExpense, listOwnExpenses, openClaim, withdrawExpense } from './own.server.ts'
import { openPayments, paymentsDocument, paymentsFile } from './payments.server.ts'

let cast: Cast
let attacker: Attacker
let world: World
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})
beforeEach(() => cast.admin.query(`truncate expense, mail_outbox; delete from sealed_key where kind = 'expense'`))

const picture = await pictureOf('jpeg', { words: 'GPS 59.4372' })
const photo = () => new File([new Uint8Array(picture)], 'IMG_20261126.exe')
const car = { kind: 'car', onDate: addDays(today(), -1), km: '34', words: 'Sõit koos kohtusse' }
const parking = { kind: 'parking', onDate: today(), sum: '2,50', words: 'Parkimine kohtu juures' }
const claim = (more: object = car) => claimExpense.run(cast.lou, more)
const faults = async (more: object) =>
  Object.keys(((await claim(more).catch((error: unknown) => error)) as Invalid).fields ?? {})

test('by the own car it is so many kilometres at the rate of the day; anything else has a receipt, kept without its place', async () => {
  const { id } = await claim({ ...car, assignment: world.supportA })
  expect(await openExpense.run(cast.kim, { expense: id })).toMatchObject({
    ...{ km: 34, centsPerKm: 30, cents: 1020, words: 'Sõit koos kohtusse', state: 'sent', number: world.numberA },
  })
  const bought = await claim({ ...parking, file: photo() })
  const receipt = await receiptFile.run(cast.kim, { expense: bought.id })
  expect(receipt.form).toBe('jpg')
  expect(receipt.bytes.toString('latin1')).not.toContain('GPS')
  const { rows } = await cast.admin.query('select words_sealed, receipt_sealed from expense where id = $1', [bought.id])
  expect(Buffer.concat(Object.values(rows[0])).toString('latin1')).not.toMatch(/Parkimine|\/9j\/|Exif/)
  expect((await listExpenses.run(cast.kim, {})).waits.map((line) => line.id)).toEqual([id, bought.id])
})

test('what does not fit is said at the field', async () => {
  expect(await faults({ ...car, km: '' })).toEqual(['km'])
  expect(await faults({ ...parking })).toEqual(['file'])
  expect(await faults({ ...parking, sum: '', file: photo() })).toEqual(['sum'])
  expect(await faults({ ...car, onDate: addDays(today(), 1) })).toEqual(['onDate'])
  expect(await faults({ ...car, onDate: addDays(today(), -61) })).toEqual(['onDate'])
  expect(await faults({ ...parking, file: new File(['MZ'], 'kviitung.jpg') })).toEqual(['file'])
  expect(await faults({ ...car, assignment: world.supportE })).toEqual(['assignment'])
  expect((await cast.admin.query('select from expense')).rowCount).toBe(0)
})

test('a month has a ceiling, for two at once too; what was sent back or taken back does not count', async () => {
  const day = { ...car, onDate: today() }
  expect(await faults({ ...day, km: '667' })).toEqual(['km'])
  const answers = await Promise.allSettled([claim({ ...day, km: '400' }), claim({ ...day, km: '400' })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const [first] = (await listOwnExpenses.run(cast.lou, {})).lines
  await withdrawExpense.run(cast.lou, { expense: first?.id })
  await claim({ ...day, km: '600' })
})

test('the rate of the day on which she drove counts, whatever it is when she claims', async () => {
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('kmCents', '50', $1, 'x', $2)`,
    [today(), cast.kim.id],
  )
  const { id } = await claim()
  const later = await claim({ ...car, onDate: today() })
  expect((await openExpense.run(cast.lou, { expense: id })).centsPerKm).toBe(30)
  expect((await openExpense.run(cast.lou, { expense: later.id })).centsPerKm).toBe(50)
  await cast.admin.query(`delete from setting where name = 'kmCents'`)
})

test('sent back with a reason it is made anew, with the receipt that is there; the first one stays as it was', async () => {
  const { id } = await claim({ ...parking, file: photo() })
  await returnExpense.run(cast.kim, { expense: id, reason: 'Summa on kviitungil teine.' })
  const mail = await cast.admin.query('select person_id, kind from mail_outbox')
  expect(mail.rows).toEqual([{ person_id: cast.lou.id, kind: 'new-task' }])
  const { before } = await openClaim.run(cast.lou, { follows: id })
  expect(before).toMatchObject({ reason: 'Summa on kviitungil teine.', words: parking.words, receiptForm: 'jpg' })
  const anew = await claim({ ...parking, sum: '3,50', follows: id })
  expect((await receiptFile.run(cast.lou, { expense: anew.id })).form).toBe('jpg')
  expect(await openExpense.run(cast.kim, { expense: id })).toMatchObject({
    state: 'returned',
    cents: 250,
    followed: true,
  })
  await expect(claim({ ...parking, follows: id })).rejects.toBeInstanceOf(Conflict)
})

test('it is decided once, and by somebody else', async () => {
  const { id } = await claim()
  const both = await Promise.allSettled([
    approveExpense.run(cast.kim, { expense: id }),
    returnExpense.run(cast.kim, { expense: id, reason: 'x' }),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(withdrawExpense.run(cast.lou, { expense: id })).rejects.toBeInstanceOf(Conflict)
  const own = await claim()
  await cast.admin.query('update volunteer set person_id = $1 where id = $2', [cast.kim.id, cast.volunteer])
  await expect(approveExpense.run(cast.kim, { expense: own.id })).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query('update volunteer set person_id = $1 where id = $2', [cast.lou.id, cast.volunteer])
})

test('whoever stands in for the coordinator sends a claim back, and approves no money', async () => {
  const { person } = await standIn(cast, cast.peep, await lend(cast, cast.kim, cast.peep))
  const { id } = await claim()
  await expect(approveExpense.run(person, { expense: id })).rejects.toMatchObject({
    said: { key: 'core.error.inPerson', args: { name: cast.kim.name } },
  })
  const decided = (decision: string) =>
    asPerson('write', person.claim, (db) =>
      sql`update expense set decision = ${decision}, reason_sealed = ${decision === 'returned' ? '\\x01' : null}::bytea, decided_by = ${person.id}, decided_at = now()
        where id = ${id}`.execute(db),
    )
  await expect(decided('approved')).rejects.toBeInstanceOf(NotFound)
  await returnExpense.run(person, { expense: id, reason: 'Näidis: kviitung puudub' })
  expect((await openExpense.run(cast.kim, { expense: id })).state).toBe('returned')
})

test('the list of a month has each approved claim once, adds up, says no case and nothing that could run', async () => {
  await cast.admin.query(`update person set name = '=HYPERLINK("x")' where id = $1`, [cast.lou.id])
  for (const more of [car, { ...car, km: '10' }, { ...parking, file: photo() }]) {
    const { id } = await claim(more)
    await approveExpense.run(cast.kim, { expense: id })
  }
  await claim()
  const month = monthOf(today())
  const paid = await openPayments.run(cast.kim, { month })
  expect(paid.payments).toMatchObject([{ claims: 3, km: 44, cents: 1020 + 300 + 250 }])
  expect((await openPayments.run(cast.kim, { month: '2026-01' })).payments).toEqual([])
  const file = await paymentsFile(await paymentsDocument.run(cast.kim, { month }), translator('et'))
  const cells = (await readExcelFile(Buffer.from(file.body))).map(({ data }) => data)
  const words = JSON.stringify(cells)
  expect(words).toContain(`'=HYPERLINK`)
  expect(words).not.toMatch(/M-20\d\d|kohtu/)
  expect(cells.flat(2)).toContain(15.7)
  await cast.admin.query(`update person set name = 'Lou Näidis-Lepik' where id = $1`, [cast.lou.id])
})

test('nobody else sees a claim, its receipt or its key, and nobody decides of their own', async () => {
  const { id } = await claim({ ...parking, file: photo() })
  for (const who of ['lea', 'max', 'sirje', 'peep', 'aino', 'ott'] as const) {
    await expect(openExpense.run(cast[who], { expense: id })).rejects.toBeInstanceOf(Refused)
    for (const table of ['expense', `sealed_key where kind = 'expense'`])
      expect(await attacker.attempt(who, `select * from ${table}`, 'read'), `${who} ${table}`).toBe(0)
  }
  await cast.admin.query('update expense set volunteer_id = $1 where id = $2', [world.other, id])
  for (const one of [openExpense, receiptFile, withdrawExpense])
    await expect(one.run(cast.lou, { expense: id })).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query('update expense set volunteer_id = $1 where id = $2', [cast.volunteer, id])
  const row = (volunteer: string, by: string) =>
    `insert into expense (volunteer_id, kind, on_date, cents, sent_by) values ('${volunteer}', 'other', current_date, 100, '${by}')`
  for (const [who, statement, told] of [
    ['lou', row(':other', ':louPerson'), '42501'],
    ['lou', row(':lou', ':kim'), '42501'],
    ['kim', row(':lou', ':kim'), '42501'],
    ['lou', `update expense set decision = 'approved', decided_by = ':louPerson', decided_at = now()`, '42501'],
    ['lou', `update expense set cents = 1`, '42501'],
    ['kim', `update expense set cents = 1`, '42501'],
    ['kim', `update expense set withdrawn_at = now()`, '42501'],
    [
      'lou',
      `insert into sealed_key (kind, owner_id, master_id, wrapped) values ('expense', '${id}', 'm', '\\x01')`,
      '42501',
    ],
    ['kim', `select papers_forget(':lou', current_date)`, '42501'],
    ['lou', `select paper_over('${id}')`, '42501'],
  ] as const)
    expect([told, '23505'], statement).toContain(await attacker.attempt(who, statement))
})

test('whoever helps and coordinates as well decides of everybody’s but her own, past the program too', async () => {
  const { id } = await claim()
  await cast.admin.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'coordinator', '2026-01-01', '2099-12-31')`,
    [cast.lou.id],
  )
  try {
    const { person } = await signIn(cast.admin, cast.lou.id)
    for (const set of [`decision = 'approved'`, `decision = 'returned', reason_sealed = '\\x01'`]) {
      const decided = asPerson('write', person.claim, (db) =>
        sql`update expense set ${sql.raw(set)}, decided_by = ${person.id}, decided_at = now() where id = ${id}`.execute(
          db,
        ),
      )
      await expect(decided, set).rejects.toThrow()
    }
    const { rows } = await cast.admin.query('select decision from expense where id = $1', [id])
    expect(rows).toEqual([{ decision: null }])
  } finally {
    await cast.admin.query(`delete from person_role where person_id = $1 and role = 'coordinator'`, [cast.lou.id])
    cast.lou = (await signIn(cast.admin, cast.lou.id)).person
  }
})

test('after seven years, counted from the end of the year, the words and the receipt are gone, and the sum stays', async () => {
  const old = await claim({ ...parking, file: photo() })
  const young = await claim()
  for (const expense of [old.id, young.id]) await approveExpense.run(cast.kim, { expense })
  const year = Number(today().slice(0, 4)) - 8
  await cast.admin.query('alter table expense disable trigger set_once')
  await cast.admin.query('update expense set decided_at = $2 where id = $1', [old.id, `${year}-12-31T12:00:00Z`])
  await cast.admin.query('update expense set decided_at = $2 where id = $1', [young.id, `${year + 1}-01-02T12:00:00Z`])
  await cast.admin.query('alter table expense enable trigger set_once')
  // Two people decide that it goes (safekeeping/erasure); here is what goes then.
  const forget = async () =>
    (await cast.admin.query('select papers_forget($1, $2) as done', [cast.volunteer, today()])).rows
  expect(await forget()).toEqual([{ done: 1 }])
  expect(await forget()).toEqual([{ done: 0 }])
  expect(await openExpense.run(cast.kim, { expense: old.id })).toMatchObject({
    words: null,
    cents: 250,
    state: 'approved',
  })
  await expect(receiptFile.run(cast.kim, { expense: old.id })).rejects.toBeInstanceOf(NotFound)
  expect((await openExpense.run(cast.kim, { expense: young.id })).words).toBe(car.words)
  const { rows } = await cast.admin.query('select wrapped from sealed_key where owner_id = $1', [old.id])
  expect(rows).toEqual([{ wrapped: null }])
})

test('with an erased volunteer goes what was not approved; what accounting keeps stays until its day', async () => {
  const kept = await claim()
  const open = await claim()
  await approveExpense.run(cast.kim, { expense: kept.id })
  await cast.admin.query('begin')
  await cast.admin.query(`select erase_volunteer($1)`, [cast.volunteer])
  const { rows } = await cast.admin.query(
    `select e.id, e.words_sealed is not null as words, k.wrapped is not null as key from expense e join sealed_key k on k.owner_id = e.id order by words`,
  )
  await cast.admin.query('rollback')
  expect(rows).toEqual([
    { id: open.id, words: false, key: false },
    { id: kept.id, words: true, key: true },
  ])
})
