// Does whoever brings a case from outside see nothing of it, whatever they try, and does nothing of it get lost?
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { anotherReferrer, bring, fromOutside, ownCode } from '../../../test/referrals.ts'
import { standAt } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound, Refused, TooMany } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { openNetworkHome } from '../../home/network.server.ts'
import { openReferrerHome } from '../../home/referrer/referrer.server.ts'
import { openCase } from '../case-file.server.ts'
import { listCases } from '../cases.server.ts'
import { openCheck } from '../referral/refer.server.ts'
import { saveStep, startReferral } from '../referral/referral.server.ts'
import { openRepeat } from '../repeat/repeat.server.ts'
import { addToReferral, openAddToReferral } from './bring.server.ts'
import { answerReferral, openReferred, readReferral } from './referred.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person set phone = '+372 5550 0001' where id = $1`, [cast.lea.id])
})
afterAll(() => cast.close())
beforeEach(async () => {
  standAt(new Date('2026-11-23T09:00:00Z'))
  await cast.admin.query('delete from mail_outbox')
})
afterEach(() => standAt(null))

const sentBy = async (who: Person) => (await openReferrerHome.run(who, {})).sent
const letters = async () =>
  (await cast.admin.query<{ kind: string; person_id: string }>('select kind, person_id from mail_outbox')).rows
/** Statements of one transaction with the rights of somebody who bears this claim; answers how many rows the last one gave, or the code of its refusal. Nothing stays. */
const attempt = (who: Person, login: 'read' | 'write', ...statements: string[]) =>
  asPerson(login, who.claim, async (db): Promise<number | string> => {
    let told: number | string = 0
    try {
      for (const text of statements) told = (await sql.raw(text).execute(db)).rows.length
    } catch (error) {
      told = (error as { code: string }).code
    }
    throw { told }
  }).catch((over: { told: number | string }) => over.told)

test('the case comes to the network of the place, whole; its lead hears of it, and knows who brought it', async () => {
  const { id, repeat, referral } = await bring(cast)
  expect(repeat).toBe(false)
  const { head, facts, people, words } = await openCase.run(cast.lea, { id })
  expect(head).toMatchObject({ network: 'Ida-Viru', countyCode: '0045' })
  expect(facts).toMatchObject({ source: 'health', municipality: 'Narva linn', referred: true, legalBasis: 'consent' })
  expect(facts.consentRecordedBy).toBe(cast.piret.name)
  expect(people.map((one) => one.kind)).toEqual(['victim', 'perpetrator', 'child', 'child'])
  expect(words).toMatchObject({ why: typed.reason.why })
  expect(await openReferred.run(cast.mall, { id })).toMatchObject({
    of: { agency: 'Näidis-haigla', state: 'received' },
    by: { name: cast.piret.name, email: 'piret@naidis.example' },
    added: [],
  })
  expect(await letters()).toEqual(
    expect.arrayContaining([
      { kind: 'referral-received', person_id: cast.piret.id },
      { kind: 'new-task', person_id: cast.lea.id },
    ]),
  )
  expect(await sentBy(cast.piret)).toContainEqual(
    expect.objectContaining({
      ...{ id: referral, network: 'Ida-Viru', state: 'received', answeredAt: null },
      callers: [expect.objectContaining({ name: cast.lea.name, phone: '+372 5550 0001' })],
    }),
  )
  expect((await openNetworkHome.run(cast.lea, {})).referrals).toContainEqual(
    expect.objectContaining({ caseId: id, more: false }),
  )
})

test('the county is enough; where there is no network it is said at the field, before anything else is asked', async () => {
  const { id } = await bring(cast, { source: { ...fromOutside, place: '0037' } })
  expect((await openCase.run(cast.max, { id })).facts).toMatchObject({ municipality: null, referred: true })
  const { journey } = await startReferral.run(cast.piret, {})
  const save = (place: string) => saveStep.run(cast.piret, { journey, part: 'source', ...fromOutside, place })
  for (const wrong of ['', '0079', 'x']) {
    const field = expect.objectContaining({ place: expect.anything() })
    await expect(save(wrong)).rejects.toMatchObject({ status: 422, fields: field })
  }
  await save('0511')
  expect(await openCheck.run(cast.piret, { journey })).toMatchObject({ goesTo: 'Ida-Viru', missing: 'victim' })
})

test('she sees nothing of a case: by no page, in no table, by neither login', async () => {
  const { id } = await bring(cast)
  for (const operation of [openCase, openReferred, answerReferral, readReferral, openRepeat])
    await expect(operation.run(cast.piret, { id })).rejects.toBeInstanceOf(Refused)
  await expect(listCases.run(cast.piret, {})).rejects.toBeInstanceOf(Refused)
  const { rows } = await cast.admin.query<{ name: string; column: string }>(
    `select relname as name, attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'audit_event'
       and (attname = 'case_id' or (relname, attname) in (('case_file', 'id'), ('sealed_key', 'owner_id')))`,
  )
  expect(rows.length).toBeGreaterThan(30)
  for (const { name, column } of rows)
    for (const login of ['read', 'write'] as const)
      expect([0, '42501'], name).toContain(
        await attempt(cast.piret, login, `select 1 from ${name} where ${column} = '${id}'`),
      )
  for (const one of ['people_of', 'whereabouts_of', 'referral_of', 'referral_words', 'known_before'])
    expect(await attempt(cast.piret, 'write', `select 1 from ${one}('${id}')`), one).toBe(0)
})

test('the right to write lasts one transaction and reaches one new case', async () => {
  const mine = await bring(cast)
  const begin = (caseId: string, network = cast.networks.ida) => `select referral_begin('${caseId}', '${network}')`
  const fresh = '00000000-0000-4000-8000-000000000053'
  // What is there cannot be brought, by whomever it came.
  expect(await attempt(cast.piret, 'write', begin(mine.id))).toBe('42501')
  const person = (caseId: string, by: string) =>
    `insert into case_person (network_id, case_id, kind, recorded_by) values ('${cast.networks.ida}', '${caseId}', 'adult', '${by}')`
  for (const by of [cast.piret.id, cast.lea.id])
    expect(await attempt(cast.piret, 'write', begin(fresh), person(mine.id, by))).toBe('42501')
  expect(await attempt(cast.piret, 'write', person(mine.id, cast.piret.id))).toBe('42501')
  const key = `insert into sealed_key (kind, owner_id, network_id, master_id, wrapped) values ('case', '${fresh}', '${cast.networks.ida}', 'x', '\\x01')`
  expect(await attempt(cast.piret, 'write', begin(fresh), key)).toBe('42501')
  // A receipt without a case does not come into being, and what is there already stays as closed as it was.
  expect(await attempt(cast.piret, 'write', begin(fresh), 'set constraints all immediate')).toBe('23503')
  for (const table of ['case_file', 'case_basis', 'case_task', 'case_brief', 'assessment', 'sealed_key'])
    expect(await attempt(cast.piret, 'write', begin(fresh), `select 1 from ${table}`), table).toBe(0)
  for (const who of [cast.lea, cast.mall, cast.lou, cast.kim, cast.aino, cast.ott])
    expect(await attempt(who, 'write', begin(fresh)), who.name).toBe('42501')
  expect(await attempt(cast.piret, 'read', begin(fresh))).toBe('42501')
})

test('that the victim has been here before is told to the lead alone', async () => {
  const victim = { nationalId: '60001019906', birthYear: '', municipality: '' }
  await bring(cast, { victim })
  const again = await bring(cast, { victim })
  expect(again.repeat).toBe(false)
  expect((await openCase.run(cast.lea, { id: again.id })).head.repeatOf).not.toBeNull()
})

test('the lead answers, a letter tells so, and nothing but the answer is told; others answer nothing', async () => {
  const { id, referral } = await bring(cast)
  await expect(answerReferral.run(cast.mall, { id, how: 'taken' })).rejects.toBeInstanceOf(Refused)
  await expect(answerReferral.run(cast.max, { id, how: 'taken' })).rejects.toBeInstanceOf(NotFound)
  await expect(openReferred.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  const mine = async () => (await sentBy(cast.piret)).find((one) => one.id === referral)
  for (const how of ['declined', 'taken'] as const) {
    await answerReferral.run(cast.lea, { id, how })
    expect(await mine()).toMatchObject({ state: how, callers: [{ name: cast.lea.name }] })
  }
  expect(Object.keys((await mine()) ?? {}).toSorted()).toEqual([
    'answeredAt',
    'callers',
    'id',
    'network',
    'sentAt',
    'state',
  ])
  const told = (await letters()).filter(({ kind }) => kind === 'referral-answered')
  expect(told.map((one) => one.person_id)).toEqual([cast.piret.id, cast.piret.id])
  expect((await openNetworkHome.run(cast.lea, {})).referrals.map(({ caseId }) => caseId)).not.toContain(id)
})

test('what she learns later reaches the network closed, waits until it is read, and is nobody else’s to add', async () => {
  const { id, referral } = await bring(cast)
  await answerReferral.run(cast.lea, { id, how: 'taken' })
  await addToReferral.run(cast.piret, { id: referral, words: 'Näidis-sõnad: ta on tagasi.' })
  const { rows } = await cast.admin.query('select t::text as line from referral_word t')
  expect(rows.map(({ line }) => line).join()).not.toMatch(/tagasi/)
  expect(await openReferred.run(cast.lea, { id })).toMatchObject({
    added: [{ words: 'Näidis-sõnad: ta on tagasi.', readAt: null }],
  })
  const waits = async () => (await openNetworkHome.run(cast.lea, {})).referrals.find(({ caseId }) => caseId === id)
  expect(await waits()).toMatchObject({ more: true, dueOn: '2026-11-23' })
  await readReferral.run(cast.lea, { id })
  expect(await waits()).toBeUndefined()
  const other = await anotherReferrer(cast, 'teine')
  for (const operation of [openAddToReferral, addToReferral])
    await expect(operation.run(other, { id: referral, words: 'x' })).rejects.toBeInstanceOf(NotFound)
  expect(await sentBy(other)).toEqual([])
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [id])
  await addToReferral.run(cast.piret, { id: referral, words: 'Pärast lõpetamist.' })
  expect((await openReferred.run(cast.lea, { id })).added).toHaveLength(2)
})

test('where she herself is in the case nothing changes for her: as if nobody had answered yet', async () => {
  const code = '47101010033'
  await ownCode(cast, cast.piret, code)
  const { id, referral } = await bring(cast, { perpetrator: { relation: 'Sõber', nationalId: code } })
  const { rows } = await cast.admin.query('select person_id from wall where case_id = $1', [id])
  expect(rows).toEqual([{ person_id: cast.piret.id }])
  const logged = `select 1 from audit_event where action = 'case.refer' and object_id = '${referral}'`
  expect(await attempt(cast.piret, 'read', logged)).toBe(1)
  expect(await letters()).toContainEqual({ kind: 'referral-received', person_id: cast.piret.id })
  await answerReferral.run(cast.lea, { id, how: 'taken' })
  expect((await letters()).map(({ kind }) => kind)).not.toContain('referral-answered')
  const mine = (await sentBy(cast.piret)).find((one) => one.id === referral)
  expect(mine).toMatchObject({ state: 'received', answeredAt: null, callers: [{ name: cast.lea.name }] })
  await addToReferral.run(cast.piret, { id: referral, words: 'Näidis' })
  expect((await openReferred.run(cast.lea, { id })).added).toHaveLength(1)
  await cast.admin.query('delete from own_code where person_id = $1', [cast.piret.id])
})

test('whoever stands before a wall of the case is not the one to call', async () => {
  const code = '60001019906'
  await ownCode(cast, cast.lea, code)
  const { referral } = await bring(cast, { perpetrator: { relation: 'Abikaasa', nationalId: code } })
  const mine = (await sentBy(cast.piret)).find((one) => one.id === referral)
  expect(mine?.callers.map(({ name }) => name)).toEqual([cast.kim.name])
  expect((await letters()).map((one) => one.person_id)).not.toContain(cast.lea.id)
  await cast.admin.query('delete from own_code where person_id = $1', [cast.lea.id])
})

test('where it went is what she sees, also when another network has the case by now', async () => {
  const { id, referral } = await bring(cast)
  const to = cast.networks.harju
  await cast.admin.query(
    `update case_file set network_id = '${to}' where id = '${id}'; update sealed_key set network_id = '${to}' where owner_id = '${id}'`,
  )
  await answerReferral.run(cast.max, { id, how: 'taken' })
  const mine = (await sentBy(cast.piret)).find((one) => one.id === referral)
  expect(mine).toMatchObject({ network: 'Ida-Viru', state: 'taken', callers: [{ name: cast.lea.name }] })
  await cast.admin.query('delete from mail_outbox')
  await addToReferral.run(cast.piret, { id: referral, words: 'Näidis' })
  expect(await letters()).toEqual([{ kind: 'new-task', person_id: cast.max.id }])
})

test('it is enough for a day when the setting says so, and with the role everything ends', async () => {
  const other = await anotherReferrer(cast, 'kolmas')
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('referralsPerDay', '2', current_date - 400, 'Näidis', $1)`,
    [cast.ott.id],
  )
  const { referral } = await bring(cast, {}, other)
  await addToReferral.run(other, { id: referral, words: 'Näidis' })
  await expect(addToReferral.run(other, { id: referral, words: 'Näidis' })).rejects.toBeInstanceOf(TooMany)
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [other.id])
  expect(await attempt(other, 'write', `select 1 from referrals_mine()`)).toBe(0)
  expect(await attempt(other, 'write', `select 1 from referral_key('${referral}')`)).toBe(0)
})
