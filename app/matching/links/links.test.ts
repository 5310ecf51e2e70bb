// Does the coordinator learn that somebody may know somebody – and nothing more; does the case worker decide; does a new fact ask anew?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Changes, referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { paper } from '../../../test/volunteers.ts'
import { correctPerson } from '../../cases/identity/correct.server.ts'
import { addPlace, dropPlace } from '../../cases/identity/places.server.ts'
import { dropFact, openFacts, tellFact } from '../../cases/links/facts.server.ts'
import {
  answerLink,
  linksCompared,
  linksTold,
  openLinks,
  openPair,
  pairsToAnswer,
} from '../../cases/links/links.server.ts'
import { offerSupport } from '../../cases/need/needs.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { systemPerson } from '../../process/jobs.server.ts'
import { forgetLine, openCircle, tellCircle } from '../../volunteers/circle/circle.server.ts'
import { acceptProposal } from '../assignment/answer.server.ts'
import { assign } from '../assignment/propose.server.ts'
import { openWhy } from '../board/board.server.ts'
import { askLink, linksNow, listLinks } from './links.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  const holds = { training: null, contract: null, pledge: null, background: '2027-10-01' }
  for (const [kind, until] of Object.entries(holds)) {
    const { validFrom } = paper('training', '2026-01-05')
    await cast.admin.query(
      `insert into volunteer_evidence (volunteer_id, kind, valid_from, valid_to, passed, recorded_by) values ($1, $2, $3, $4, true, $5)`,
      [cast.volunteer, kind, validFrom, until, cast.kim.id],
    )
  }
  await cast.admin.query(
    `update volunteer set languages = '{et,ru}', child_contact = true, max_cases = 9 where id = $1`,
    [cast.volunteer],
  )
})
afterAll(() => cast.close())
beforeEach(() =>
  cast.admin.query(
    'truncate volunteer_circle, volunteer_link_key, conflict_pair, conflict_link, conflict_word, mail_outbox cascade',
  ),
)

const wanted = {
  offeredOn: '03.11.2026',
  answer: 'accepted',
  language: 'ru',
  wantedSex: 'any',
  fromOn: '01.12.2026',
  months: '8',
}

/** A case of Ida-Viru whose need is open. */
async function givenNeed(changes: Changes = {}, of: 'lea' | 'max' = 'lea') {
  const id = await referCase(cast[of], changes)
  const { need } = await offerSupport.run(cast[of], { id, ...wanted })
  return { id, need }
}
const igor = (familyName: string): Changes => ({ perpetrator: { relation: 'Endine', givenName: 'Igor', familyName } })
const found = async (caseId: string) =>
  (await asPerson('read', cast.kim.claim, linksNow)).filter((link) => link.caseId === caseId)
const pairs = async (caseId: string, who: 'lea' | 'max' | 'mall' = 'lea') =>
  (await asPerson('read', cast[who].claim, pairsToAnswer)).filter((pair) => pair.caseId === caseId)
const why = (need: string) => openWhy.run(cast.kim, { need, volunteer: cast.volunteer })
const reasons = async (need: string) => (await why(need)).option.verdict.reasons.map(({ code }) => code)
const ask = (need: string) => askLink.run(cast.kim, { need, volunteer: cast.volunteer })
const choose = { agreedOn: '03.11.2026', rationale: 'Sobib.', overrideReason: 'Näidis-põhjus, mis on küllalt pikk.' }
const propose = (need: string) => assign.run(cast.kim, { need, volunteer: cast.volunteer, ...choose })

test('a husband who works with nobody but is the perpetrator: kind and strength for the coordinator, and the need waits', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Õunapuu'))
  expect(await reasons(need)).toEqual([])
  await tellCircle.run(cast.lou, { name: 'Игорь Ыунапуу' })
  const [link] = await found(id)
  expect(link).toMatchObject({
    volunteerId: cast.volunteer,
    state: 'open',
    strong: true,
    classes: ['name'],
    askedAt: null,
  })
  expect(Object.keys(link ?? {}).toSorted()).toEqual(
    ['askedAt', 'caseId', 'classes', 'foundAt', 'running', 'state', 'strong', 'volunteerId'].toSorted(),
  )
  expect(await reasons(need)).toEqual(['linkOpen'])
  await expect(propose(need)).rejects.toBeInstanceOf(Conflict)
})

test('the database itself lets nobody be asked while a strong link is open', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Lepik'))
  await tellCircle.run(cast.lou, { name: 'Igor Lepik' })
  const insert = cast.admin.query(
    `insert into assignment (network_id, case_id, need_id, number, volunteer_id, chosen_by_solver, load_before, created_by)
     select network_id, case_id, id, number, $2, true, 0, $3 from need where id = $1`,
    [need, cast.volunteer, cast.kim.id],
  )
  await expect(insert).rejects.toMatchObject({ code: '23514' })
  expect(await found(id)).toHaveLength(1)
})

test('the lead is asked, sees which of her people it concerns and not who it is, and no conflict opens the way', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Kuusk'))
  await tellCircle.run(cast.lou, { name: 'Igor Kuusk', phone: '5550 1234' })
  expect(await pairs(id)).toEqual([])
  await ask(need)
  await ask(need)
  const [pair] = await pairs(id)
  expect(pair).toMatchObject({ state: 'open', strong: true, running: false, helper: null })
  const { links, said } = await openLinks.run(cast.lea, { id })
  expect(links.map(({ about, class: kind }) => `${about} ${kind}`)).toEqual(['perpetrator name', 'victim phone'])
  expect(said.map(({ kind }) => kind)).toEqual(['asked'])
  expect(JSON.stringify(await openPair.run(cast.lea, { id, pair: pair?.pairId }))).not.toContain(cast.volunteer)
  const mail = await cast.admin.query('select person_id, kind from mail_outbox')
  expect(mail.rows).toContainEqual({ person_id: cast.lea.id, kind: 'new-task' })
  await answerLink.run(cast.lea, { id, pair: pair?.pairId, verdict: 'clear', reason: 'Näidis-nimekaim.' })
  expect((await openLinks.run(cast.lea, { id })).said[0]).toMatchObject({ kind: 'clear', reason: 'Näidis-nimekaim.' })
  expect((await why(need)).link).toMatchObject({ state: 'clear' })
  expect(await reasons(need)).toEqual([])
  await propose(need)
})

test('a conflict excludes, and stays said when what was alike is gone', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Saar'))
  await tellCircle.run(cast.lou, { name: 'Igor Saar' })
  await ask(need)
  const [pair] = await pairs(id)
  await answerLink.run(cast.lea, { id, pair: pair?.pairId, verdict: 'conflict', reason: 'Näidis-põhjus' })
  expect(await reasons(need)).toEqual(['conflict'])
  for (const { id: line } of (await openCircle.run(cast.lou, {})).lines) await forgetLine.run(cast.lou, { line })
  expect(await reasons(need)).toEqual(['conflict'])
  expect((await listLinks.run(cast.kim, {})).lines).toMatchObject([
    { state: 'conflict', classes: [], open: true, assignment: null },
  ])
})

test('new facts of either side ask anew; what is no longer so asks no more', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Mänd'))
  await tellCircle.run(cast.lou, { name: 'Igor Mänd', address: 'Näidis-Kivi 5-3, Jõhvi', work: 'Näidisehitus OÜ' })
  await ask(need)
  const [pair] = await pairs(id)
  await answerLink.run(cast.lea, { id, pair: pair?.pairId, verdict: 'clear', reason: 'Näidis-põhjus' })
  await addPlace.run(cast.lea, { id, kind: 'workplace', value: 'AS „Näidisehitus“, Jõhvi' })
  expect(await found(id)).toMatchObject([{ state: 'open', strong: false, classes: ['name', 'work'] }])
  expect((await why(need)).option.verdict).toMatchObject({ reasons: [], warnings: [{ code: 'linkWeak' }] })
  await addPlace.run(cast.lea, { id, kind: 'address', value: 'г. Йыхви, ул. Няйдис-Киви, д. 5, кв. 3' })
  expect(await found(id)).toMatchObject([{ state: 'open', strong: true }])
  const { rows } = await cast.admin.query(
    `select (select id from case_whereabouts where case_id = $1 and kind = 'address') as place,
       (select id from case_person where case_id = $1 and kind = 'perpetrator') as person`,
    [id],
  )
  await dropPlace.run(cast.lea, { id, place: rows[0].place })
  expect(await found(id)).toMatchObject([{ state: 'open', strong: false }])
  const mended = { relation: 'Endine', givenName: 'Oleg', familyName: 'Näidis-Teine', why: 'Näidis-viga' }
  await correctPerson.run(cast.lea, { id, person: rows[0].person, ...mended })
  expect((await found(id))[0]?.classes).toEqual(['work'])
})

test('what the network knows of others is compared and kept nowhere', async () => {
  const { id } = await givenNeed(igor('Näidis-Haab'))
  await tellCircle.run(cast.lou, { car: '123 ABC' })
  await tellFact.run(cast.mall, { id, about: 'perpetratorKin', kind: 'car', value: 'hall kaubik 123abc' })
  expect(await found(id)).toMatchObject([{ strong: true, classes: ['car'] }])
  const { facts } = await openFacts.run(cast.lea, { id })
  expect(facts).toMatchObject([{ about: 'perpetratorKin', kind: 'car' }])
  await expect(tellFact.run(cast.lea, { id, about: 'other', kind: 'phone', value: 'ei tea' })).rejects.toMatchObject({
    status: 422,
  })
  await expect(dropFact.run(cast.max, { id, fact: facts[0]?.id })).rejects.toBeInstanceOf(NotFound)
  await dropFact.run(cast.lea, { id, fact: facts[0]?.id })
  expect([await found(id), (await openFacts.run(cast.lea, { id })).facts]).toEqual([[], []])
})

test('the network of another county is compared too, and is its own lead’s to answer', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Vaher'), 'max')
  await tellCircle.run(cast.lou, { name: 'Igor Vaher' })
  await ask(need)
  expect([(await pairs(id)).length, (await pairs(id, 'max')).length]).toEqual([0, 1])
  const [pair] = await pairs(id, 'max')
  const answer = { id, pair: pair?.pairId, verdict: 'clear', reason: 'x' }
  await expect(answerLink.run(cast.lea, answer)).rejects.toBeInstanceOf(NotFound)
  await expect(answerLink.run(cast.mall, answer)).rejects.toBeInstanceOf(Refused)
  await expect(openLinks.run(cast.lea, { id })).rejects.toBeInstanceOf(NotFound)
  await answerLink.run(cast.max, answer)
})

test('Max cannot ask, nor anybody else; nothing is asked where nothing is alike', async () => {
  const { need } = await givenNeed(igor('Näidis-Pihl'))
  for (const who of ['max', 'lea', 'lou', 'sirje', 'peep'] as const)
    await expect(askLink.run(cast[who], { need, volunteer: cast.volunteer })).rejects.toBeInstanceOf(Refused)
  await expect(ask(need)).rejects.toBeInstanceOf(NotFound)
})

test('in a support that runs, the lead and the coordinators hear of it once, and she learns who it is', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Jalakas'))
  const { id: assignment } = await propose(need)
  await acceptProposal.run(cast.lou, { id: assignment, noConflict: 'on' })
  await cast.admin.query('truncate mail_outbox')
  await tellCircle.run(cast.lou, { name: 'Igor Jalakas' })
  const system = await systemPerson()
  await linksTold.run(system)
  await linksTold.run(system)
  const { rows } = await cast.admin.query(`select person_id from mail_outbox where unique_key like 'link:%'`)
  expect(rows.map((row) => row.person_id).toSorted()).toEqual([cast.kim.id, cast.lea.id].toSorted())
  const [pair] = await pairs(id)
  expect(pair).toMatchObject({ running: true, strong: true, state: 'open' })
  expect(pair?.helper).toMatch(/^TI-/)
  expect((await listLinks.run(cast.kim, {})).lines).toMatchObject([{ running: true, state: 'open', assignment }])
  await answerLink.run(cast.lea, { id, pair: pair?.pairId, verdict: 'conflict', reason: 'Näidis-põhjus' })
  expect((await listLinks.run(cast.kim, {})).lines).toMatchObject([{ running: true, state: 'conflict' }])
})

test('what a fault has lost is found again by the process', async () => {
  const { id } = await givenNeed(igor('Näidis-Sarapuu'))
  await tellCircle.run(cast.lou, { name: 'Igor Sarapuu' })
  await cast.admin.query('delete from conflict_pair where case_id = $1', [id])
  expect(await found(id)).toEqual([])
  expect(await linksCompared.run(await systemPerson())).toBeGreaterThan(0)
  expect(await found(id)).toMatchObject([{ strong: true, classes: ['name'] }])
})

test('a case behind a wall is asked about by nobody before it, and an erased one is compared with nobody', async () => {
  const { id, need } = await givenNeed(igor('Näidis-Toom'))
  await tellCircle.run(cast.lou, { name: 'Igor Toom' })
  await ask(need)
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select p.id, c.network_id, c.id, c.number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file c, unnest($2::uuid[]) p (id) where c.id = $1`,
    [id, [cast.kim.id, cast.lea.id]],
  )
  expect([await found(id), await pairs(id)]).toEqual([[], []])
  await expect(ask(need)).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query('delete from wall where case_id = $1', [id])
  expect(await found(id)).toHaveLength(1)
  await cast.admin.query('select erase_case($1)', [id])
  const left = await cast.admin.query(
    `select (select count(*)::int from conflict_pair where case_id = $1) as pairs, (select count(*)::int from case_link_key where case_id = $1 and key_index is not null) as keys`,
    [id],
  )
  expect(left.rows).toEqual([{ pairs: 0, keys: 0 }])
})
