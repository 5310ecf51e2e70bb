// Does a member of the core group see a case from the invitation to the closing, and nothing of it before and after?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { ending, givenAssessment, notOffered } from '../../test/closing.ts'
import { givenAction } from '../../test/transfer.ts'
import { openSharing } from '../cases/basis/basis.server.ts'
import { openCase } from '../cases/case-file.server.ts'
import { listCases } from '../cases/cases.server.ts'
import { closeCase } from '../cases/closing/closing.server.ts'
import { findCases } from '../cases/find/find.server.ts'
import { explainNotOffered } from '../cases/need/not-offered.server.ts'
import { saveAssessment } from '../cases/risk/assess.server.ts'
import { instrumentNow } from '../cases/risk/assessments.server.ts'
import { openTimeline } from '../cases/timeline.server.ts'
import { openViews } from '../cases/views/views.server.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { NotFound } from '../core/errors.ts'
import type { Person } from '../core/user.ts'
import { openNetworkHome } from '../home/network.server.ts'
import { formatDate } from '../i18n/format.ts'
import { openMeeting } from './agenda/agenda.server.ts'
import { addItem, closeAgenda, removeItem } from './agenda/arrange.server.ts'
import { callMeeting } from './calendar/calendar.server.ts'
import { inviteToMeeting } from './calendar/change.server.ts'
import { endAction } from './plan/plan.server.ts'

let cast: Cast
/** Mall and Tuuli speak for the police, Tea for child protection, Olev and Oskar for two agencies without a name of their own. */
let tuuli: Person
let tea: Person
let olev: Person
let oskar: Person

beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  tuuli = await newMember('tuuli', 'politsei')
  tea = await newMember('tea', 'lastekaitse')
  olev = await newMember('olev', 'kirik')
  oskar = await newMember('oskar', 'raamatukogu')
})
afterAll(() => cast.close())

async function newMember(name: string, agency: string): Promise<Person> {
  const id = randomUUID()
  await cast.admin.query('insert into person (id, email, name) values ($1, $2, $3)', [
    id,
    `${name}@naidis.example`,
    `${name} Näidis-Muu`,
  ])
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values ($1, 'member', $2, $3, '2020-01-01', '2999-12-31')`,
    [id, cast.networks.ida, agency],
  )
  return (await signIn(cast.admin, id)).person
}

const sees = async (who: Person, caseId: string) => {
  const listed = await listCases.run(who, { status: 'all', page: 1 })
  const there = listed.rows.some((row) => row.id === caseId)
  const opened = await openCase.run(who, { id: caseId }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof NotFound) return false
      throw error
    },
  )
  expect(opened).toBe(there)
  return there
}
const who = async (caseId: string) => {
  const all = { mall: cast.mall, tuuli, tea, olev, oskar }
  const found: string[] = []
  for (const [name, person] of Object.entries(all)) if (await sees(person, caseId)) found.push(name)
  return found
}
const eyes = async (caseId: string) =>
  Object.fromEntries(
    ((await openSharing.run(cast.lea, { id: caseId })).eyes ?? []).map(({ name, why }) => [
      name.split(' ')[0] ?? '',
      why,
    ]),
  )
const newMeeting = async (onDate: string) =>
  (await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate })).id
// What others did in it: one's own steps everybody sees.
const logged = (person: Person, caseId: string) =>
  asPerson('read', person.claim, async (db) => {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from audit_event where case_id = ${caseId} and actor <> ${person.id}`.execute(db)
    return rows[0]?.n ?? 0
  })

test('before anybody is invited a case is nowhere for a member: no page, list, count, search, task or log', async () => {
  const id = await referCase(cast.lea)
  expect(await who(id)).toEqual([])
  for (const look of [openTimeline, openSharing, openViews])
    await expect(look.run(tea, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await openNetworkHome.run(tea, {})).standing.open).toBe(0)
  expect((await openNetworkHome.run(tea, {})).tasks).toEqual([])
  expect((await findCases.run(tea, { who: 'Anna Näidis-Org', purpose: 'called' })).found).toEqual([])
  expect(await logged(tea, id)).toBe(0)
  expect(await logged(cast.aino, id)).toBeGreaterThan(0)
  expect(await eyes(id)).toEqual({ Lea: 'lead', Mall: null, tuuli: null, tea: null, olev: null, oskar: null })
})

test('whoever refers a case sees it, and nobody else of her agency', async () => {
  const id = await referCase(tuuli)
  expect(await who(id)).toEqual(['tuuli'])
  expect(await eyes(id)).toMatchObject({ tuuli: 'referred', Mall: null })
})

test('an action invites its owner and her agency; behind “other” there are several, so only the owner', async () => {
  const id = await referCase(cast.lea)
  await givenAction(cast, id)
  expect(await who(id)).toEqual(['mall', 'tuuli'])
  expect(await eyes(id)).toMatchObject({ Mall: 'acts', tuuli: 'agency', tea: null })
  const other = await referCase(cast.lea)
  await givenAction({ ...cast, mall: olev }, other)
  expect(await who(other)).toEqual(['olev'])
})

test('whoever is asked to finish an assessment sees the case, while she does it and afterwards', async () => {
  const id = await referCase(cast.lea)
  await cast.admin.query(`update person set marac_trained_on = '2021-03-01' where id = $1`, [tea.id])
  const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((question) => [`answers.${question.id}`, 'no']))
  const form = { id, madeOn: formatDate(today()), withVictim: 'yes', ...answers }
  const draft = await saveAssessment.run(cast.lea, { ...form, save: 'draft', assessor: tea.id })
  expect(await who(id)).toEqual(['tea'])
  expect(await eyes(id)).toMatchObject({ tea: 'assesses', Mall: null })
  await saveAssessment.run(tea, { ...form, save: 'final', seen: draft.id })
  expect(await who(id)).toEqual(['tea'])
})

test('the agenda invites once people are invited to the meeting; what only gathers, or was left off, invites nobody', async () => {
  const id = await referCase(cast.lea)
  const meeting = await newMeeting('2099-10-14')
  await inviteToMeeting.run(cast.lea, { id: meeting })
  expect((await openMeeting.run(cast.lea, { id: meeting })).coming.map((line) => line.caseId)).toContain(id)
  expect((await openMeeting.run(tea, { id: meeting })).coming.map((line) => line.caseId)).not.toContain(id)
  expect(await who(id)).toEqual([])
  const next = await newMeeting('2099-11-11')
  await addItem.run(cast.lea, { id: next, case: id, reason: 'Näidis-põhjus' })
  expect(await who(id)).toEqual([])
  await inviteToMeeting.run(cast.lea, { id: next })
  const everybody = ['mall', 'tuuli', 'tea', 'olev', 'oskar']
  expect(await who(id)).toEqual(everybody)
  expect(await eyes(id)).toMatchObject({ tea: 'invited' })
  expect(await logged(tea, id)).toBeGreaterThan(0)
  await removeItem.run(cast.lea, { id: next, case: id, reason: 'Näidis-põhjus' })
  expect(await who(id)).toEqual([])
  expect(await logged(tea, id)).toBe(0)
  await closeAgenda.run(cast.lea, { id: meeting })
  expect(await who(id)).toEqual(everybody)
})

test('it ends with the closing, for whoever referred it and acted in it too', async () => {
  const id = await referCase(cast.mall)
  const action = await givenAction(cast, id)
  expect(await who(id)).toEqual(['mall', 'tuuli'])
  await endAction.run(cast.mall, { id, action, end: 'done', outcome: 'Näidis: tehtud' })
  expect(await who(id)).toEqual(['mall', 'tuuli'])
  await givenAssessment(cast, id, today())
  await explainNotOffered.run(cast.lea, { id, why: notOffered })
  await cast.admin.query('update case_task set done_at = now(), done_by = $2 where case_id = $1', [id, cast.lea.id])
  await closeCase.run(cast.lea, { id, ...ending })
  expect(await who(id)).toEqual([])
  expect(await eyes(id)).toEqual({ Lea: 'lead', Mall: null, tuuli: null, tea: null, olev: null, oskar: null })
})

test('a seat or a chair, which the lead gives alone, opens no case; that somebody speaks for victim support two people say', async () => {
  const id = await referCase(cast.lea)
  expect(await who(id)).toEqual([])
  await cast.admin.query(
    `insert into agency_seat (network_id, person_id, agency, recorded_by) values ($1, $2, 'victim_support', $3)`,
    [cast.networks.ida, oskar.id, cast.lea.id],
  )
  await cast.admin.query(`update meeting set chair_id = $1 where on_date = '2099-11-11'`, [tea.id])
  await cast.admin.query(`update meeting set chair_id = null where on_date <> '2099-11-11'`)
  expect(await who(id)).toEqual([])
  expect(await eyes(id)).toMatchObject({ tea: null, oskar: null, Mall: null })
  const words = (agency: string) =>
    cast.admin.query('update person_role set agency = $2 where person_id = $1', [oskar.id, agency])
  await words('Ohvriabi')
  expect(await who(id)).toEqual(['oskar'])
  expect(await eyes(id)).toMatchObject({ tea: null, oskar: 'victim_support', Mall: null })
  // What the lead says may take it away.
  await cast.admin.query('update agency_seat set superseded_at = now() where person_id = $1', [oskar.id])
  await cast.admin.query(
    `insert into agency_seat (network_id, person_id, agency, recorded_by) values ($1, $2, 'police', $3)`,
    [cast.networks.ida, oskar.id, cast.lea.id],
  )
  expect(await who(id)).toEqual([])
  await words('raamatukogu')
  // Whoever chairs sees what is on her agenda, with everybody who was invited to it.
  const { rows } = await cast.admin.query<{ id: string }>(`select id from meeting where on_date = '2099-11-11'`)
  await addItem.run(cast.lea, { id: rows[0]?.id, case: id, reason: 'Näidis-põhjus' })
  expect(await who(id)).toContain('tea')
})

test('in another network its own core group is invited anew, whatever agencies did before', async () => {
  const id = await referCase(cast.lea)
  await givenAction(cast, id)
  const meeting = await newMeeting('2099-12-09')
  await addItem.run(cast.lea, { id: meeting, case: id, reason: 'Näidis-põhjus' })
  await inviteToMeeting.run(cast.lea, { id: meeting })
  await cast.admin.query(
    `update person_role set network_id = $2, role = 'member', agency = 'politsei' where person_id = $1`,
    [cast.max.id, cast.networks.harju],
  )
  await cast.admin.query('update case_file set network_id = $2 where id = $1', [id, cast.networks.harju])
  const { person: max } = await signIn(cast.admin, cast.max.id)
  expect(await sees(max, id)).toBe(false)
  expect(await who(id)).toEqual([])
})
