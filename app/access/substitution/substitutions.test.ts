// Does standing in give exactly what was lent, for the term, to one person – and nothing more, to nobody else?
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { dayFromNow, lend, standIn } from '../../../test/substitution.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { newSecret, whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { openSession } from '../door.server.ts'
import { holdersOf } from '../holders.server.ts'
import { setSetting } from '../settings/set.server.ts'
import { addPromise, finishPromise, promisesOf } from './promises.server.ts'
import {
  askSubstitution,
  beginStandingIn,
  confirmSubstitution,
  endSubstitution,
  giveSubstitution,
  listSubstitutions,
  stopStandingIn,
} from './substitutions.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterEach(async () => {
  await cast.admin.query(`update substitution set ended_at = now(), ended_by = giver_id where ended_at is null`)
})
afterAll(() => cast.close())

const term = (from: number, to: number, takerId = cast.peep.id) => ({
  takerId,
  validFrom: dayFromNow(from),
  validTo: dayFromNow(to),
})
const fields = (error: unknown) => (error instanceof Invalid ? Object.keys(error.fields) : String(error))
const problem = (run: Promise<unknown>) => run.then(() => [], fields)
const event = async (action: string) =>
  (await cast.admin.query('select * from audit_event where action = $1 order by seq desc limit 1', [action])).rows[0]

test('who stands in has the role that was lent, and none of their own', async () => {
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
     values ($1, 'lead', $2, 'ohvriabi', '2020-01-01', '2999-12-31')`,
    [cast.peep.id, cast.networks.ida],
  )
  const { person } = await standIn(cast, cast.peep, await lend(cast, cast.kim, cast.peep))
  expect(person).toMatchObject({ id: cast.peep.id, name: cast.peep.name, roles: ['coordinator'], networks: [] })
  expect(person.standsInFor).toMatchObject({ id: cast.kim.id, name: cast.kim.name, until: dayFromNow(13) })
  const own = await signIn(cast.admin, cast.peep.id)
  expect(own.person).toMatchObject({ roles: ['lead', 'manager'], networks: [cast.networks.ida], standsInFor: null })
  await cast.admin.query(`delete from person_role where person_id = $1 and role = 'lead'`, [cast.peep.id])
})

test('the coordinator stands in for the project manager as well', async () => {
  const { person } = await standIn(cast, cast.kim, await lend(cast, cast.peep, cast.kim))
  expect(person.roles).toEqual(['manager'])
})

test('beginning and going back change the session, and its old cookie is dead at once', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  const before = (await signIn(cast.admin, cast.peep.id)).person
  const [there, back] = [newSecret(cast.peep.id), newSecret(cast.peep.id)]
  await beginStandingIn.run(before, { id, claimHash: there.claimHash })
  expect(await whoBears(before.claim)).toBeNull()
  const standing = (await whoBears(there.claim)) as Person
  expect(standing.provedAt).toEqual(before.provedAt)
  await stopStandingIn.run(standing, { claimHash: back.claimHash })
  expect(await whoBears(there.claim)).toBeNull()
  expect(await whoBears(back.claim)).toMatchObject({ roles: ['manager'], standsInFor: null, stoodInFor: null })
  expect(await event('substitution.begin')).toMatchObject({ actor: cast.peep.id, object_id: id })
  expect(await event('substitution.back')).toMatchObject({ actor: cast.peep.id, on_behalf_of: cast.kim.id })
})

test('who proves in the middle of the work is still at the same desk', async () => {
  const { person } = await standIn(cast, cast.peep, await lend(cast, cast.kim, cast.peep))
  const limits = { idleMinutes: 60, absoluteMinutes: 60, atOnce: 10 }
  const way = { method: 'password', device: '', again: true, limits } as const
  await openSession({ id: person.id, roles: ['manager'] }, way, person)
  expect(await event('access.prove')).toMatchObject({ actor: cast.peep.id, on_behalf_of: cast.kim.id })
})

test('an old proof does not move anybody to another desk', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  const { person } = await signIn(cast.admin, cast.peep.id)
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [
    person.sessionId,
  ])
  const stale = (await whoBears(person.claim)) as Person
  await expect(beginStandingIn.run(stale, { id, claimHash: newSecret(stale.id).claimHash })).rejects.toBeInstanceOf(
    Refused,
  )
  await expect(giveSubstitution.run(stale, term(0, 3, cast.kim.id))).rejects.toBeInstanceOf(Refused)
})

test('a term is checked where it is typed', async () => {
  const give = (from: number, to: number, takerId?: string) =>
    problem(giveSubstitution.run(cast.kim, term(from, to, takerId)))
  expect(await give(-1, 3)).toEqual(['validFrom'])
  expect(await give(3, 2)).toEqual(['validTo'])
  expect(await give(0, 30)).toEqual(['validTo'])
  expect(await give(0, 3, cast.max.id)).toEqual(['takerId'])
  expect(await give(0, 3, cast.kim.id)).toEqual(['takerId'])
  await cast.admin.query(`update person_role set valid_to = current_date + 10 where person_id = $1`, [cast.kim.id])
  expect(await give(5, 15)).toEqual(['validTo'])
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.kim.id])
  expect(await give(0, 29)).toEqual([])
  expect(await give(29, 31)).toEqual(['validFrom'])
  expect(await give(30, 30)).toEqual(['validTo'])
  expect(await problem(giveSubstitution.run(cast.peep, term(3, 5, cast.kim.id)))).toEqual(['takerId'])
})

test('the giver is back when she says so, and the next request of the other one is in his own name', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  const { person } = await standIn(cast, cast.peep, id)
  await endSubstitution.run(cast.kim, { id })
  const after = await whoBears(person.claim)
  expect(after).toMatchObject({ roles: ['manager'], standsInFor: null, stoodInFor: cast.kim.name })
  await expect(endSubstitution.run(cast.kim, { id })).rejects.toBeInstanceOf(Conflict)
})

test('it ends with the account or the role of either, and does not come to life again', async () => {
  for (const who of [cast.kim, cast.peep]) {
    const disabled = await lend(cast, cast.kim, cast.peep)
    await cast.admin.query(`update person set status = 'disabled' where id = $1`, [who.id])
    await cast.admin.query(`update person set status = 'active' where id = $1`, [who.id])
    const without = await lend(cast, cast.kim, cast.peep)
    const { person } = await standIn(cast, cast.peep, without)
    await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [who.id])
    expect((await whoBears(person.claim))?.standsInFor).toBeNull()
    await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [who.id])
    expect((await whoBears(person.claim))?.standsInFor).toBeNull()
    const { rows } = await cast.admin.query('select 1 from substitution where ended_at is not null and id = any($1)', [
      [disabled, without],
    ])
    expect(rows).toHaveLength(2)
  }
  // Their sessions ended with their accounts.
  cast.kim = (await signIn(cast.admin, cast.kim.id)).person
  cast.peep = (await signIn(cast.admin, cast.peep.id)).person
})

test('days are those of Tallinn', async () => {
  const id = await lend(cast, cast.kim, cast.peep, 1, 3)
  const holds = async (at: string) =>
    (
      await cast.admin.query(
        `select substitution_holds(u, ($2::date || $3)::timestamp at time zone 'Europe/Tallinn') as held from substitution u where id = $1`,
        [id, dayFromNow(at.startsWith('last') ? 3 : 1), at.replace(/^\w+/, '')],
      )
    ).rows[0].held
  expect(await holds('first 00:00:00')).toBe(true)
  expect(await holds('last 23:59:59')).toBe(true)
  expect(await holds('last 24:00:00')).toBe(false)
  const { rows } = await cast.admin.query(
    `select substitution_holds(u, (valid_from::timestamp at time zone 'Europe/Tallinn') - interval '1 second') as before from substitution u where id = $1`,
    [id],
  )
  expect(rows[0].before).toBe(false)
})

test('a term that has not begun lends nothing yet', async () => {
  const id = await lend(cast, cast.kim, cast.peep, 1, 3)
  await expect(standIn(cast, cast.peep, id)).rejects.toBeInstanceOf(NotFound)
  await expect(standIn(cast, cast.kim, id)).rejects.toBeInstanceOf(NotFound)
})

test('who has fallen ill is stood in for when an administrator confirms, and not before', async () => {
  const asked = { giverId: cast.kim.id, validFrom: dayFromNow(0), validTo: dayFromNow(4) }
  const { id } = await askSubstitution.run(cast.peep, asked)
  await expect(standIn(cast, cast.peep, id)).rejects.toBeInstanceOf(NotFound)
  expect((await listSubstitutions.run(cast.ott, {})).asked.map((one) => one.id)).toEqual([id])
  for (const who of [cast.kim, cast.peep, cast.max])
    await expect(confirmSubstitution.run(who, { id })).rejects.toBeInstanceOf(Refused)
  await confirmSubstitution.run(cast.ott, { id })
  expect((await standIn(cast, cast.peep, id)).person.roles).toEqual(['coordinator'])
  await expect(confirmSubstitution.run(cast.ott, { id })).rejects.toBeInstanceOf(Conflict)
})

test('an administrator says no as well, but ends nothing that was lent', async () => {
  const asked = { giverId: cast.kim.id, validFrom: dayFromNow(0), validTo: dayFromNow(4) }
  const { id } = await askSubstitution.run(cast.peep, asked)
  await endSubstitution.run(cast.ott, { id })
  await expect(confirmSubstitution.run(cast.ott, { id })).rejects.toBeInstanceOf(Conflict)
  const lent = await lend(cast, cast.kim, cast.peep)
  await expect(endSubstitution.run(cast.ott, { id: lent })).rejects.toBeInstanceOf(NotFound)
  expect((await standIn(cast, cast.peep, lent)).person.roles).toEqual(['coordinator'])
})

test('nothing is passed on, and what only the person may do is refused with the reason', async () => {
  const { person } = await standIn(cast, cast.peep, await lend(cast, cast.kim, cast.peep))
  const setting = { name: 'maxActiveCases', value: '3', validFrom: '2030-01-01', note: 'Näidis' }
  for (const attempt of [
    () => setSetting.run(person, setting),
    () => giveSubstitution.run(person, term(20, 22)),
    () => askSubstitution.run(person, { giverId: cast.kim.id, validFrom: dayFromNow(20), validTo: dayFromNow(21) }),
  ])
    await expect(attempt()).rejects.toMatchObject({
      said: { key: 'core.error.inPerson', args: { name: cast.kim.name } },
    })
  expect(await event('setting.set')).toMatchObject({ result: 'refused', on_behalf_of: cast.kim.id })
})

test('letters about work go to those who do it', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  const holders = () => asPerson('read', cast.sys.claim, (db) => holdersOf(db, 'coordinator'))
  expect((await holders()).toSorted()).toEqual([cast.kim.id, cast.peep.id].toSorted())
  await endSubstitution.run(cast.peep, { id })
  expect(await holders()).toEqual([cast.kim.id])
})

test('what was promised is read by the two whom it concerns, and comes back with an answer', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  await addPromise.run(cast.kim, { id, text: 'Näidis: helistada M-2026-014 pärast', dueOn: '01.12.2026' })
  await addPromise.run(cast.kim, { id, text: 'Näidis: ilma päevata' })
  const linesFor = (who: Person) => asPerson('read', who.claim, (db) => promisesOf(db, id))
  const [first, second] = await linesFor(cast.peep)
  expect([first?.text, first?.dueOn, second?.dueOn]).toEqual([
    'Näidis: helistada M-2026-014 pärast',
    '2026-12-01',
    null,
  ])
  expect(await linesFor(cast.max)).toEqual([])
  const { person } = await standIn(cast, cast.peep, id)
  await expect(addPromise.run(person, { id, text: 'x' })).rejects.toBeInstanceOf(Refused)
  await finishPromise.run(person, { id, promise: first?.id, answer: 'Näidis: räägitud' })
  await expect(finishPromise.run(cast.kim, { id, promise: first?.id })).rejects.toBeInstanceOf(Conflict)
  expect((await linesFor(cast.kim))[0]).toMatchObject({ doneBy: cast.peep.name, answer: 'Näidis: räägitud' })
  const { rows } = await cast.admin.query('select text_sealed, answer_sealed from substitution_promise')
  for (const row of rows) expect(String(row.text_sealed) + String(row.answer_sealed)).not.toContain('Näidis')
})

test('Max cannot', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  const refused = [
    () => listSubstitutions.run(cast.max, {}),
    () => giveSubstitution.run(cast.max, term(0, 3)),
    () => askSubstitution.run(cast.max, { giverId: cast.kim.id, validFrom: dayFromNow(0), validTo: dayFromNow(1) }),
    () => confirmSubstitution.run(cast.max, { id }),
    () => endSubstitution.run(cast.max, { id }),
    () => beginStandingIn.run(cast.max, { id, claimHash: newSecret(cast.max.id).claimHash }),
    () => addPromise.run(cast.max, { id, text: 'x' }),
    () => finishPromise.run(cast.max, { id, promise: id }),
  ]
  for (const attempt of refused) await expect(attempt()).rejects.toBeInstanceOf(Refused)
})
