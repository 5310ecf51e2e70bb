// Does a case get a new key while people read and write in it, and can no sealed column be forgotten?
import type { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addPlace, openBrief, saveBrief } from '../../app/cases/identity/places.server.ts'
import { revealValue } from '../../app/cases/identity/reveal.server.ts'
import { today } from '../../app/core/clock.server.ts'
import { sealedColumns } from '../../app/core/keys/sealed-columns.ts'
import { openKey, type WrappedKey } from '../../app/core/seal.server.ts'
import { askKeyChange, openKeyChange } from '../../app/safekeeping/keys/key-changes.server.ts'
import { logVisit } from '../../app/support/visit/visits.server.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { until } from '../../test/keepers.ts'
import { record, scale } from '../../test/proof/record.ts'
import { givenSupport, usualVisit } from '../../test/support.ts'
import { changeAsked } from './case-keys.ts'
import { rotateCaseKey } from './rotate-case.ts'

let cast: Cast
let id = ''
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  const support = await givenSupport(cast, '2026-05-01')
  id = support.caseId
  await logVisit.run(cast.lou, { ...usualVisit, assignment: support.assignment, day: today() })
})

test('every sealed column of the database is in the list, with the column that names its owner', async () => {
  const { rows } = await cast.admin.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and a.atttypid = 'bytea'::regtype and a.attname like '%\\_sealed' order by 1`,
  )
  const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`).toSorted()
  expect(listed).toEqual(rows.map(({ name }) => name).toSorted())
  for (const { table, owner } of sealedColumns.filter(({ kind }) => kind !== 'process')) {
    await cast.admin.query(`select id, ${owner} from ${table} limit 0`)
  }
})

// A day has so many looks; here there are many days.
const manyDays = () => cast.admin.query(`update reveal set at = at - interval '1 day'`)

async function keyRow(): Promise<WrappedKey> {
  const { rows } = await cast.admin.query(
    'select kind, master_id as "masterId", wrapped, wrapped_other as "wrappedOther" from sealed_key where owner_id = $1',
    [id],
  )
  return rows[0]
}

type Value = { table: string; column: string; row: string; sealed: Buffer }

async function values(): Promise<Value[]> {
  const found: Value[] = []
  for (const { table, column, owner } of sealedColumns.filter(({ kind }) => kind === 'case')) {
    const { rows } = await cast.admin.query(
      `select id as row, ${column} as sealed from ${table} where ${owner} = $1 and ${column} is not null`,
      [id],
    )
    found.push(...rows.map((row) => ({ table, column, ...row })))
  }
  return found
}

test('the new key opens every value, the old one none', async () => {
  const before = await keyRow()
  const was = (await values()).map(({ sealed, ...place }) => openKey(before, id).open(place, sealed))
  const result = await rotateCaseKey(cast.admin, id)
  expect(result).toEqual({ values: was.length, broken: 0 })
  const after = await keyRow()
  expect(after.wrappedOther).toBeNull()
  const now = await values()
  expect(now.map(({ sealed, ...place }) => openKey(after, id).open(place, sealed))).toEqual(was)
  for (const { sealed, ...place } of now) expect(() => openKey(before, id).open(place, sealed)).toThrow()
  expect(await rotateCaseKey(cast.admin, '00000000-0000-4000-8000-000000000000')).toBeNull()
})

async function placeOf(): Promise<string> {
  const { rows } = await cast.admin.query(
    `select id from case_whereabouts where case_id = $1 and kind = 'safe_contact'`,
    [id],
  )
  return rows[0].id
}

test('its key is changed again and again while people look, write and change the brief: nothing fails', {
  timeout: 600_000,
}, async () => {
  const begun = performance.now()
  const item = await placeOf()
  const failures: unknown[] = []
  const done = { looks: 0, briefs: 0, places: 0 }
  let over = false
  const again = async (work: () => Promise<void>) => {
    while (!over) await work().catch((error: unknown) => failures.push(error))
  }
  const looking = async () => {
    await manyDays()
    const shown = await revealValue.run(cast.lea, { id, what: 'whereabouts', item, purpose: 'contact' })
    expect(shown.place?.value).toContain('+372 5550 1234')
    done.looks++
  }
  const writing = async () => {
    const words = `Helista pärast kella ${done.briefs}`
    const seen = (await openBrief.run(cast.lea, { id })).version
    await saveBrief.run(cast.lea, { id, seen, givenName: 'Näidis-Anna', safetyNote: words, agreedTasks: 'Kohus' })
    expect((await openBrief.run(cast.mall, { id })).brief.safetyNote).toBe(words)
    done.briefs++
  }
  const adding = async () => {
    await addPlace.run(cast.lea, { id, kind: 'routine', value: `Näidise ${done.places}` })
    done.places++
  }
  const people = [again(looking), again(writing), again(adding)]
  const [rounds, wanted] = [scale(4, 40), scale(80, 3000)]
  const all = () => done.looks + done.briefs + done.places
  let during = 0
  for (let round = 1; round <= rounds; round++) {
    const before = all()
    expect(await rotateCaseKey(cast.admin, id)).toMatchObject({ broken: 0 })
    during += all() - before
    await until(() => all() + failures.length >= (wanted * round) / rounds, 60_000)
  }
  over = true
  await Promise.all(people)
  const when = `${rounds} changes of the key of a case, ${during} of them while it changed`
  record({ promise: 'rotation', what: `looks and writes in ${when}`, count: all(), failed: failures.length }, begun)
  expect(failures).toEqual([])
  expect(Math.min(done.looks, done.briefs, done.places)).toBeGreaterThan(0)
  const key = await keyRow()
  for (const { sealed, ...place } of await values()) openKey(key, id).open(place, sealed)
})

/** The same connection, which is lost at the `nth` statement. */
function lostAt(nth: number): Client {
  let left = nth
  const query = async (...given: Parameters<Client['query']>) => {
    if (--left < 0) throw new Error('lost')
    return cast.admin.query(...(given as unknown as [string]))
  }
  return { query } as unknown as Client
}

test('broken off anywhere everything opens, and the next call ends it', { timeout: 120_000 }, async () => {
  const item = await placeOf()
  let broken = 0
  // Statement by statement where the keys move, and then every few values.
  for (let nth = 0; ; nth += nth < 9 ? 1 : 5) {
    const result = await rotateCaseKey(lostAt(nth), id).catch((error: Error) => {
      expect(error.message).toBe('lost')
      return null
    })
    await cast.admin.query('rollback')
    await cast.admin.query('select pg_advisory_unlock_all()')
    await manyDays()
    const shown = await revealValue.run(cast.lea, { id, what: 'whereabouts', item, purpose: 'contact' })
    expect(shown.place?.value).toContain('+372 5550 1234')
    if (result) break
    broken++
    await rotateCaseKey(cast.admin, id)
    expect((await keyRow()).wrappedOther).toBeNull()
  }
  expect(broken).toBeGreaterThan(10)
})

test('a value that was touched stays closed, is counted, and holds nothing up', async () => {
  await cast.admin.query(
    'update case_whereabouts set value_sealed = set_byte(value_sealed, 40, 255 - get_byte(value_sealed, 40)) where case_id = $1',
    [id],
  )
  expect(await rotateCaseKey(cast.admin, id)).toMatchObject({ broken: 1 })
  expect((await keyRow()).wrappedOther).toBeNull()
})

test('the lead asks with a reason and the process does it, which the log tells; Max cannot', async () => {
  expect(await openKeyChange.run(cast.lea, { id })).toMatchObject({ askedAt: null })
  await expect(openKeyChange.run(cast.max, { id })).rejects.toMatchObject({ status: 404 })
  await expect(askKeyChange.run(cast.max, { id, why: 'suspicion' })).rejects.toMatchObject({ status: 404 })
  await expect(askKeyChange.run(cast.lea, { id })).rejects.toMatchObject({ status: 422 })
  await askKeyChange.run(cast.lea, { id, why: 'suspicion' })
  await expect(askKeyChange.run(cast.lea, { id, why: 'network' })).rejects.toMatchObject({ status: 409 })
  const before = await keyRow()
  expect(await changeAsked(cast.urls.adminUrl, cast.sys)).toBe(1)
  expect((await keyRow()).wrapped).not.toEqual(before.wrapped)
  expect(await changeAsked(cast.urls.adminUrl, cast.sys)).toBe(0)
  expect(await openKeyChange.run(cast.lea, { id })).toMatchObject({ askedAt: null })
  const { rows } = await cast.admin.query(
    `select action, actor, result from audit_event where case_id = $1 and action like 'case.key.%' and action <> 'case.key.open' and result = 'done' order by seq`,
    [id],
  )
  expect(rows).toEqual([
    { action: 'case.key.ask', actor: cast.lea.id, result: 'done' },
    { action: 'case.key.changed', actor: cast.sys.id, result: 'done' },
  ])
})
