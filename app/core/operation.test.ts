// Does everything that can be done pass role, input, one person's transaction and the audit – always?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Cast, openCast } from '../../test/cast.ts'
import { setSetting } from '../access/settings/set.server.ts'
import { listSettings } from '../access/settings/settings.server.ts'
import { forgetPressed } from '../process/pressed.server.ts'
import { asPerson } from './db.server.ts'
import { findDraft, holdForOwner, saveDraft } from './drafts.server.ts'
import { type Invalid, NotFound, Refused } from './errors.ts'
import { command, mayTry, onceOf, query, refusal } from './operation.server.ts'
import { settingsOn } from './settings.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const events = async () => (await cast.admin.query('select * from audit_event order by seq')).rows

test('a role that is not on the list is refused, and the attempt is written down', async () => {
  await expect(listSettings.run(cast.lou, {})).rejects.toBeInstanceOf(Refused)
  expect((await events()).at(-1)).toMatchObject({ action: 'setting.list', result: 'refused', actor: cast.lou.id })
})

test('the screen offers what would not be refused, and nothing else', () => {
  const stands = { name: 'Näidis', id: 'x', until: '2030-01-01', substitutionId: 'y' }
  for (const own of [[], ['lead'], ['member', 'auditor']] as const)
    for (const roles of [['lead'], ['auditor', 'lead'], []] as const)
      for (const inPerson of [true, false])
        for (const standsInFor of [null, stands]) {
          const [me, operation] = [
            { roles: [...own], standsInFor },
            { roles, inPerson },
          ]
          expect(mayTry(me, operation)).toBe(refusal(me, operation) === null)
        }
})

test('a setting holds from its day on, and the day before keeps its own', async () => {
  await setSetting.run(cast.kim, {
    name: 'maxActiveCases',
    value: '3',
    validFrom: '2030-01-01',
    note: 'Näidis-käskkiri 1',
  })
  expect(await asPerson('read', cast.kim.claim, (db) => settingsOn(db, '2029-12-31'))).toMatchObject({
    maxActiveCases: 2,
  })
  expect(await asPerson('read', cast.kim.claim, (db) => settingsOn(db, '2030-01-01'))).toMatchObject({
    maxActiveCases: 3,
  })
})

test('what does not fit is said at its field', async () => {
  const wrong = setSetting.run(cast.kim, { name: 'maxActiveCases', value: '99', validFrom: '31.02.2031', note: '' })
  await expect(wrong).rejects.toSatisfy((error: Invalid) => 'validFrom' in error.fields && 'note' in error.fields)
})

const never = command('test.fails', { roles: ['coordinator'], input: z.object({}) }, async (db, _input, me) => {
  await db
    .insertInto('setting')
    .values({ name: 'x', validFrom: '2030-01-01', value: '1', note: 'x', setBy: me.id })
    .execute()
  throw new NotFound()
})

test('what fails leaves nothing behind, not even its audit event', async () => {
  const before = (await events()).length
  await expect(never.run(cast.kim, {})).rejects.toBeInstanceOf(NotFound)
  expect((await events()).length).toBe(before)
  expect((await cast.admin.query(`select 1 from setting where name = 'x'`)).rowCount).toBe(0)
})

const writing = query('test.write', { roles: ['coordinator'], input: z.object({}) }, async (db, _input, me) =>
  db.insertInto('mailOutbox').values({ personId: me.id, kind: 'reminder' }).execute(),
)

test('a query can write nothing', async () => {
  await expect(writing.run(cast.kim, {})).rejects.toBeInstanceOf(NotFound)
})

const counting = command('test.count', { roles: ['coordinator'], input: z.object({}) }, async (db, _input, me) => {
  await db.insertInto('mailOutbox').values({ personId: me.id, kind: 'count' }).execute()
  return { told: 1 }
})

test('a form sent many times at once has one effect and one answer', async () => {
  const key = crypto.randomUUID()
  const answers = await Promise.all([1, 2, 3, 4].map(() => counting.run(cast.kim, {}, key)))
  expect(answers).toEqual([1, 2, 3, 4].map(() => ({ told: 1 })))
  expect((await cast.admin.query(`select 1 from mail_outbox where kind = 'count'`)).rowCount).toBe(1)
})

test('what a form was answered is closed, and forgotten when nobody presses its button any more', async () => {
  const secret = command('test.tells', { roles: ['coordinator'], input: z.object({}) }, async () => ({
    words: 'Kanaarvastus',
  }))
  const once = randomUUID()
  for (let turn = 0; turn < 2; turn++) expect(await secret.run(cast.kim, {}, once)).toEqual({ words: 'Kanaarvastus' })
  const rows = async () => (await cast.admin.query('select to_jsonb(once)::text as row from once')).rows
  const kept = JSON.stringify(await rows())
  expect(kept).toContain(once)
  expect(kept).not.toContain('Kanaarvastus')
  expect(kept).not.toContain(Buffer.from('Kanaarvastus').toString('hex'))
  await cast.admin.query(`update once set at = at - interval '3 days' where key = $1`, [once])
  expect(await forgetPressed(cast.sys)).toBe(1)
  expect(JSON.stringify(await rows())).not.toContain(once)
  await expect(forgetPressed(cast.kim)).rejects.toBeInstanceOf(NotFound)
})

test('a sign that no text of the database can hold is a fault of the form, not of ours', async () => {
  const typed = { name: 'maxActiveCases', value: '3', validFrom: '2031-01-01', note: 'Näidis\0käskkiri' }
  await expect(setSetting.run(cast.kim, typed)).rejects.toSatisfy((error: Invalid) => '' in error.fields)
})

test('what only looks like an identifier is none: not as the key of a form, and not among what was asked for in vain', async () => {
  const [dashes, key] = ['-'.repeat(36), randomUUID()]
  expect([onceOf({ _once: key }), onceOf({ _once: dashes })]).toEqual([key, undefined])
  const absent = query('test.absent', { roles: ['coordinator'], input: z.object({ said: z.string() }) }, async () => {
    throw new NotFound()
  })
  await expect(absent.run(cast.kim, { said: dashes })).rejects.toBeInstanceOf(NotFound)
})

test('drafts are sealed, and only their owner reads them', async () => {
  await saveDraft.run(cast.lou, { form: '/visits/new', values: { note: 'Näidis-märkus', _csrf: 'x' } })
  expect(await findDraft(cast.lou, '/visits/new')).toEqual({ note: 'Näidis-märkus' })
  expect(await findDraft(cast.kim, '/visits/new')).toEqual({})
  await holdForOwner(cast.lou.id, '/visits/held', { note: 'hoitud' })
  expect(await findDraft(cast.lou, '/visits/held')).toEqual({ note: 'hoitud' })
  const { rows } = await cast.admin.query(`select values_sealed from draft`)
  for (const row of rows) expect(row.values_sealed.toString('utf8')).not.toContain('Näidis')
})

test('the chain of events fits, and a changed event is found', async () => {
  const broken = 'select * from audit_first_broken()'
  expect((await cast.admin.query(broken)).rows).toEqual([])
  await cast.admin.query('alter table audit_event disable trigger all')
  await cast.admin.query(`update audit_event set action = 'nothing' where seq = 2`)
  expect((await cast.admin.query(broken)).rows).toEqual([{ seq: 2, why: 'changed' }])
  await cast.admin.query('delete from audit_event where seq = 2')
  expect((await cast.admin.query(broken)).rows).toEqual([{ seq: 3, why: 'missing' }])
})
