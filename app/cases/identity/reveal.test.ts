// Is a name shown only to somebody who says why, for some minutes, and is that written down?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { openCase } from '../case-file.server.ts'
import { listCases } from '../cases.server.ts'
import { openReveal, revealValue } from './reveal.server.ts'

let cast: Cast
let id: string
let victim: string
let contact: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  id = await referCase(cast.lea, { victim: { nationalId: '60001019906', birthYear: '' } })
  const { people, places } = await openCase.run(cast.lea, { id })
  victim = people.find((one) => one.kind === 'victim')?.id ?? ''
  contact = places[0]?.id ?? ''
})

const who = () => ({ id, what: 'identity', item: victim, purpose: 'contact' })
const invalid = (field: string) => expect.objectContaining({ status: 422, fields: { [field]: expect.anything() } })
const peopleSeenBy = (me: Person) =>
  asPerson('read', me.claim, (db) => db.selectFrom('casePerson').select('kind').where('caseId', '=', id).execute())

test('the lead says why and sees one identity; the others of the case stay closed', async () => {
  expect(await peopleSeenBy(cast.lea)).toEqual([])
  const shown = await revealValue.run(cast.lea, who())
  expect(shown.identity).toMatchObject({
    givenName: 'Anna',
    familyName: 'Näidis-Org',
    nationalId: '60001019906',
    birthYear: 2000,
    sex: 'F',
  })
  expect(await peopleSeenBy(cast.lea)).toEqual([{ kind: 'victim' }])
})

test('the look ends by itself', async () => {
  await revealValue.run(cast.lea, who())
  const { rows } = await cast.admin.query(`select until - at as length from reveal where case_id = $1`, [id])
  expect(rows[0].length).toMatchObject({ minutes: 1 })
  await cast.admin.query(`update reveal set until = now() - interval '1 second' where case_id = $1`, [id])
  expect(await peopleSeenBy(cast.lea)).toEqual([])
})

test('a place is shown by itself, and never by what was asked for a name', async () => {
  await revealValue.run(cast.lea, who())
  const places = (me: Person) =>
    asPerson('read', me.claim, (db) => db.selectFrom('caseWhereabouts').select('id').where('caseId', '=', id).execute())
  expect(await places(cast.lea)).toEqual([])
  const shown = await revealValue.run(cast.lea, { id, what: 'whereabouts', item: contact, purpose: 'contact' })
  expect(shown.place).toEqual({ kind: 'safe_contact', value: '+372 5550 1234' })
})

test('Kim sees no name anywhere; with a reason in words she sees one, and the reason is kept sealed', async () => {
  const everything = JSON.stringify([await openCase.run(cast.kim, { id }), await listCases.run(cast.kim, {})])
  expect(everything).not.toMatch(/Anna|Näidis-Org|60001019906|5550|politsei ja prokuratuuri/)
  await expect(revealValue.run(cast.kim, who())).rejects.toEqual(invalid('reason'))
  await expect(revealValue.run(cast.kim, { ...who(), reason: 'vaja' })).rejects.toEqual(invalid('reason'))
  const reason = 'Näidis: võrgustiku juht on haige'
  const shown = await revealValue.run(cast.kim, { ...who(), reason })
  expect(shown.identity?.givenName).toBe('Anna')
  const { rows } = await cast.admin.query(
    `select actor, case_id, network_id, object_kind, object_id, reason_sealed from audit_event where action = 'case.reveal' order by seq desc limit 1`,
  )
  expect(rows[0]).toMatchObject({
    actor: cast.kim.id,
    case_id: id,
    network_id: cast.networks.ida,
    object_kind: 'case-identity',
    object_id: victim,
  })
  expect(rows[0].reason_sealed.length).toBeGreaterThan(64)
  expect(rows[0].reason_sealed.toString('utf8')).not.toContain('Näidis')
})

test('"another reason" needs words, and no purpose is no look', async () => {
  await expect(revealValue.run(cast.lea, { ...who(), purpose: 'other' })).rejects.toEqual(invalid('reason'))
  await expect(revealValue.run(cast.lea, { ...who(), purpose: '' })).rejects.toEqual(invalid('purpose'))
  const { rows } = await cast.admin.query(`select 1 from reveal where case_id = $1`, [id])
  expect(rows).toEqual([])
})

test('Max sees neither the case nor the name, even if he knows every number of it', async () => {
  for (const operation of [openReveal, revealValue]) {
    await expect(operation.run(cast.max, who())).rejects.toBeInstanceOf(NotFound)
    for (const stranger of [cast.lou, cast.sirje, cast.aino, cast.peep])
      await expect(operation.run(stranger, who())).rejects.toBeInstanceOf(Refused)
  }
  const own = await referCase(cast.max)
  await expect(revealValue.run(cast.max, { ...who(), id: own })).rejects.toBeInstanceOf(NotFound)
  await expect(
    revealValue.run(cast.max, { id: own, what: 'whereabouts', item: contact, purpose: 'contact' }),
  ).rejects.toBeInstanceOf(NotFound)
})

test('the database writes down no look at an item of another case that only borrows the number of an own one', async () => {
  const own = await referCase(cast.max)
  const base = { networkId: cast.networks.harju, caseId: own, personId: cast.max.id, purposeSealed: Buffer.from('x') }
  const until = new Date(Date.now() + 60_000)
  for (const [what, itemId] of [
    ['identity', victim],
    ['whereabouts', contact],
  ] as const) {
    const borrowed = asPerson('write', cast.max.claim, (db) =>
      db
        .insertInto('reveal')
        .values({ ...base, what, itemId, until })
        .execute(),
    )
    await expect(borrowed, what).rejects.toBeInstanceOf(NotFound)
  }
})

test('what is asked for is said before it is shown', async () => {
  expect(await openReveal.run(cast.kim, who())).toMatchObject({ kind: 'victim', minutes: 1, head: { own: false } })
  await expect(openReveal.run(cast.lea, { ...who(), item: contact })).rejects.toBeInstanceOf(NotFound)
})
