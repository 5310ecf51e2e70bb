// Are other adults in danger written down, answered for, found again, taken out – and walled off from themselves?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { ending, givenAssessment } from '../../../test/closing.ts'
import { givenAction } from '../../../test/transfer.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { answerRisk } from '../../meetings/plan/matrix.server.ts'
import { addAction, openPlan } from '../../meetings/plan/plan.server.ts'
import { openCase } from '../case-file.server.ts'
import { closeCase } from '../closing/closing.server.ts'
import { correctPerson } from '../identity/correct.server.ts'
import { addPlace, openPlaces } from '../identity/places.server.ts'
import { revealValue } from '../identity/reveal.server.ts'
import { explainNotOffered } from '../need/not-offered.server.ts'
import { openCheck } from '../referral/refer.server.ts'
import { saveStep, startReferral } from '../referral/referral.server.ts'
import { judgeRepeat, openRepeat } from '../repeat/repeat.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { prepareTransfer } from '../transfer/send.server.ts'
import { openWithdraw, withdrawPerson } from '../withdraw/withdraw.server.ts'
import { addAdult, openAddAdult } from './adults.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(() => cast.admin.query('delete from reveal'))
afterAll(() => cast.close())

const mother = {
  ...{ relation: 'Kannatanu ema', atRisk: 'Elab samas majas ja astub vahele.', contact: '+372 5550 9876, hommikuti' },
  ...{ givenName: 'Helgi', familyName: 'Näidis-Org', birthYear: '1955' },
}
const partner = { relation: 'Uus elukaaslane', atRisk: 'Teda on ähvardatud.' }
const second = Object.fromEntries(Object.entries(partner).map(([name, value]) => [`${name}2`, value]))
const wrongAt = (...names: string[]) =>
  expect.objectContaining({ fields: Object.fromEntries(names.map((name) => [name, expect.anything()])) })
const peopleOf = async (id: string) => (await openCase.run(cast.lea, { id })).people
const adultsIn = async (id: string) => (await peopleOf(id)).filter((one) => one.kind === 'adult')
const gapsOf = async (id: string) => (await openPlan.run(cast.lea, { id })).gaps
const told = async (id: string) => (await openTimeline.run(cast.lea, { id })).events.map((event) => event.kind)

test('the referral asks of others, says what is missing at the one it is missing of, and keeps each of them', async () => {
  const { journey } = await startReferral.run(cast.lea, {})
  const save = (of: Record<string, string>) => saveStep.run(cast.lea, { journey, part: 'others', ...of })
  await expect(save({})).rejects.toEqual(wrongAt('anyAdult'))
  await expect(save({ anyAdult: 'yes' })).rejects.toEqual(wrongAt('relation', 'atRisk'))
  await expect(save({ anyAdult: 'yes', ...mother, givenName3: 'Tiit' })).rejects.toEqual(
    wrongAt('relation3', 'atRisk3'),
  )
  const wrongCode = { ...mother, nationalId: '48505150011' }
  await expect(save({ anyAdult: 'yes', ...wrongCode })).rejects.toEqual(wrongAt('nationalId'))
  const young = { ...second, birthYear2: '2015' }
  await expect(save({ anyAdult: 'yes', ...mother, ...young })).rejects.toEqual(wrongAt('birthYear2'))
  expect((await save({ anyAdult: 'yes', ...mother, ...second })).to).toContain('/contact')
  expect((await openCheck.run(cast.lea, { journey })).answers.others).toMatchObject({ ...mother, ...second })
  // What was typed before "no" was chosen is not taken over.
  const none = await referCase(cast.lea, { others: { anyAdult: 'no', ...mother } })
  expect(await adultsIn(none)).toEqual([])
  const id = await referCase(cast.lea, { others: { anyAdult: 'yes', ...mother, ...second } })
  expect((await peopleOf(id)).map(({ kind, nth }) => [kind, nth])).toEqual([
    ...[
      ['victim', null],
      ['perpetrator', null],
      ['adult', 1],
      ['adult', 2],
      ['child', 1],
      ['child', 2],
    ],
  ])
  expect(await told(id)).not.toContain('adult-added')
  expect((await prepareTransfer.run(cast.lea, { id })).pack.adults).toBe(2)
})

test('more are added later; who and where is shown one look at a time, with why they are in danger', async () => {
  const id = await referCase(cast.lea)
  await addAdult.run(cast.mall, { id, ...mother })
  await addAdult.run(cast.lea, { id, ...partner })
  const { people, places } = await openCase.run(cast.lea, { id })
  const [first] = people.filter((one) => one.kind === 'adult')
  expect(places.map(({ kind, nth }) => [kind, nth])).toEqual([
    ['adult_contact', 1],
    ['safe_contact', null],
  ])
  const look = (what: string, item: string | undefined) =>
    revealValue.run(cast.lea, { id, what, item, purpose: 'safety' })
  expect((await look('identity', first?.id)).identity).toMatchObject({ givenName: 'Helgi', atRisk: mother.atRisk })
  expect((await look('whereabouts', places[0]?.id)).place?.value).toBe(mother.contact)
  const { rows } = await cast.admin.query(
    'select t::text as line from case_person t union all select t::text from case_whereabouts t',
  )
  for (const { line } of rows) expect(line).not.toMatch(/Helgi|5550 9876|astub vahele/)
  const { rows: looks } = await cast.admin.query(
    `select object_kind, object_id from audit_event where action = 'case.reveal' and case_id = $1 order by seq`,
    [id],
  )
  expect(looks).toEqual([
    { object_kind: 'case-identity', object_id: first?.id },
    { object_kind: 'case-whereabouts', object_id: places[0]?.id },
  ])
  expect((await told(id)).filter((kind) => kind === 'adult-added')).toHaveLength(2)
})

test('a correction keeps the number and the answer; a contact is replaced only by one of the same person', async () => {
  const id = await referCase(cast.lea, { others: { anyAdult: 'yes', ...mother, ...second } })
  const [first] = await adultsIn(id)
  const accepted = { id, kind: 'adult', nth: '1', way: 'accepted', accepted: 'Ta kolis ära.' }
  await answerRisk.run(cast.lea, accepted)
  const right = { ...mother, givenName: 'Helga', why: 'Nimi oli valesti' }
  await expect(correctPerson.run(cast.lea, { id, person: first?.id, ...right, atRisk: '' })).rejects.toEqual(
    wrongAt('atRisk'),
  )
  await correctPerson.run(cast.lea, { id, person: first?.id, ...right })
  const [now] = await adultsIn(id)
  expect([now?.nth, now?.id === first?.id]).toEqual([1, false])
  const { identity } = await revealValue.run(cast.lea, { id, what: 'identity', item: now?.id, purpose: 'verify' })
  expect(identity).toMatchObject({ givenName: 'Helga', atRisk: mother.atRisk })
  expect(await gapsOf(id)).toContainEqual({ kind: 'adult', missing: 1 })
  const place = { id, kind: 'adult_contact', value: '+372 5550 1111' }
  await expect(addPlace.run(cast.lea, place)).rejects.toEqual(wrongAt('adult'))
  await expect(addPlace.run(cast.lea, { ...place, adult: '3' })).rejects.toEqual(wrongAt('adult'))
  const { places, adults } = await openPlaces.run(cast.lea, { id })
  expect(adults).toEqual([1, 2])
  const old = places.find((one) => one.kind === 'adult_contact')?.id
  await expect(addPlace.run(cast.lea, { ...place, adult: '2', replaces: old })).rejects.toEqual(wrongAt('replaces'))
  await addPlace.run(cast.lea, { ...place, adult: '1', replaces: old })
  await addPlace.run(cast.lea, { ...place, adult: '2' })
  const held = (await openPlaces.run(cast.lea, { id })).places.filter((one) => one.kind === 'adult_contact')
  expect(held.map((one) => one.nth)).toEqual([1, 2])
})

test('each adult in danger is answered by an action or for a reason; one who was taken out needs no answer', async () => {
  const id = await referCase(cast.lea)
  await addAdult.run(cast.lea, { id, ...mother })
  await addAdult.run(cast.lea, { id, ...partner })
  expect(await gapsOf(id)).toContainEqual({ kind: 'adult', missing: 2 })
  const task = {
    id,
    owner: cast.mall.id,
    dueOn: today(),
    contact: 'none',
    what: 'Räägib emaga',
    result: 'Ema teab, keda kutsuda',
  }
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  const { action } = await addAction.run(cast.lea, task)
  await answerRisk.run(cast.lea, { id, kind: 'adult', nth: '1', way: 'action', action })
  expect(await gapsOf(id)).toContainEqual({ kind: 'adult', missing: 1 })
  const other = (await adultsIn(id))[1]?.id
  await expect(withdrawPerson.run(cast.lea, { id, person: other, why: '' })).rejects.toEqual(wrongAt('why'))
  expect((await openWithdraw.run(cast.lea, { id, person: other })).person.nth).toBe(2)
  await withdrawPerson.run(cast.lea, { id, person: other, why: 'Kolis välismaale.' })
  expect((await gapsOf(id)).map((gap) => gap.kind)).toEqual(['child', 'perpetrator'])
  expect((await openPlan.run(cast.lea, { id })).matrix?.filter((row) => row.kind === 'adult')).toHaveLength(1)
  expect((await told(id))[0]).toBe('adult-withdrawn')
  await expect(withdrawPerson.run(cast.lea, { id, person: other, why: 'Veel kord.' })).rejects.toBeInstanceOf(NotFound)
  // Whoever comes next gets a number of their own.
  await addAdult.run(cast.lea, { id, relation: 'Naaber', atRisk: 'On teda varjanud.' })
  expect((await adultsIn(id)).map((one) => one.nth)).toEqual([1, 3])
})

test('a case does not close while somebody in danger beside her has no answer', async () => {
  const id = await referCase(cast.lea, { others: { anyAdult: 'yes', ...mother } })
  await givenAssessment(cast, id, today())
  await explainNotOffered.run(cast.lea, { id, why: 'Näidis: tal on oma nõustaja' })
  await cast.admin.query(`delete from risk_answer where case_id = $1 and kind = 'adult'`, [id])
  await expect(closeCase.run(cast.lea, { id, ...ending })).rejects.toBeInstanceOf(Conflict)
  await withdrawPerson.run(cast.lea, { id, person: (await adultsIn(id))[0]?.id, why: 'Kolis välismaale.' })
  await closeCase.run(cast.lea, { id, ...ending })
  expect((await openCase.run(cast.lea, { id })).head.status).toBe('closed')
})

test('with the one who is taken out goes how they can be reached; the victim cannot be taken out', async () => {
  const id = await referCase(cast.lea, { others: { anyAdult: 'yes', ...mother } })
  const victim = (await peopleOf(id)).find((one) => one.kind === 'victim')?.id
  await expect(withdrawPerson.run(cast.lea, { id, person: victim, why: 'Eksitus.' })).rejects.toBeInstanceOf(NotFound)
  await withdrawPerson.run(cast.lea, { id, person: (await adultsIn(id))[0]?.id, why: 'Eksitus.' })
  expect((await openCase.run(cast.lea, { id })).places.map((one) => one.kind)).toEqual(['safe_contact'])
  await expect(addPlace.run(cast.lea, { id, kind: 'adult_contact', value: 'x', adult: '1' })).rejects.toEqual(
    wrongAt('adult'),
  )
})

test('whoever comes as the victim later, or came before, is told to the lead alone, and is no repeat', async () => {
  const named = { ...mother, givenName: 'Salme', familyName: 'Näidis-Tamm' }
  const source = { ...typed.source, referredOn: '01.10.2026' }
  const beside = await referCase(cast.lea, { source, others: { anyAdult: 'yes', ...named } })
  // The name as a Russian keyboard would write it.
  const victim = { givenName: 'Салме', familyName: 'Näidis-Tamm', birthYear: '1955' }
  const later = await referCase(cast.lea, { victim })
  const { known } = await openRepeat.run(cast.lea, { id: later })
  expect(known).toMatchObject([{ id: beside, how: 'was-beside' }])
  expect((await openCase.run(cast.lea, { id: later })).known).toBe(true)
  await givenAction(cast, later)
  expect((await openCase.run(cast.mall, { id: later })).known).toBe(false)
  const judged = { id: later, earlier: beside, incidentOn: '20.11.2026', pair: 'same', crime: 'yes' }
  await expect(judgeRepeat.run(cast.lea, judged)).rejects.toBeInstanceOf(NotFound)
  const other = { victim: { givenName: 'Tiiu', familyName: 'Näidis-Saar', birthYear: '1990' } }
  const third = await referCase(cast.lea, { ...other, others: { anyAdult: 'yes', ...named } })
  const found = (await openRepeat.run(cast.lea, { id: third })).known
  expect(found.map(({ id, how }) => [id, how])).toContainEqual([later, 'is-beside'])
  // Twice in danger beside others is not told: it says nothing of either victim.
  expect(found.map(({ id }) => id)).not.toContain(beside)
})

test('a member whose own code it is does not find the case any more, and nobody else is told', async () => {
  const code = '60001019906'
  await cast.admin.query('insert into own_code (person_id, network_id, code_index) values ($1, $2, $3)', [
    ...[cast.mall.id, cast.networks.ida, blindIndex(cast.networks.ida, code)],
  ])
  const id = await referCase(cast.lea)
  await givenAction(cast, id)
  expect((await openCase.run(cast.mall, { id })).head.id).toBe(id)
  await addAdult.run(cast.lea, { id, ...mother, birthYear: '', nationalId: code })
  await expect(openCase.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await openCase.run(cast.lea, { id })).head.id).toBe(id)
})

test('Max cannot, others may not try, and a closed case takes nobody in or out', async () => {
  const id = await referCase(cast.lea, { others: { anyAdult: 'yes', ...mother } })
  const person = (await adultsIn(id))[0]?.id
  for (const operation of [openAddAdult, addAdult, openWithdraw, withdrawPerson]) {
    const input = { id, person, why: 'Näidis-põhjus', ...mother }
    await expect(operation.run(cast.max, input)).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.kim, cast.sirje, cast.aino])
      await expect(operation.run(who, input)).rejects.toBeInstanceOf(Refused)
  }
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [id])
  await expect(addAdult.run(cast.lea, { id, ...mother })).rejects.toBeInstanceOf(Conflict)
  await expect(withdrawPerson.run(cast.lea, { id, person, why: 'Hilja' })).rejects.toBeInstanceOf(Conflict)
})
