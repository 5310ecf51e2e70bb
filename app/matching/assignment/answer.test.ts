// Does a volunteer see nothing before the yes, little while helping, and nothing after the end?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { type OpenNeed, openNeed } from '../../../test/need.ts'
import { addPlace } from '../../cases/identity/places.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openMatch } from '../board/board.server.ts'
import { acceptProposal, declineProposal, openProposal } from './answer.server.ts'
import { listAssignments, openAssignment } from './assignments.server.ts'
import { assign } from './propose.server.ts'
import { endAssignment, handOver, lookAtPlace, openToSupport, withdrawProposal } from './steer.server.ts'

let cast: Cast
let need: OpenNeed
let id: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('truncate assignment_event, assignment, need_event, need, volunteer_tie, mail_outbox cascade')
  need = await openNeed(cast)
  await addPlace.run(cast.lea, { id: need.caseId, kind: 'safe_contact', value: '5550 0000 õhtuti' })
  await addPlace.run(cast.lea, { id: need.caseId, kind: 'address', value: 'Näidis tänav 1' })
  const choice = { need: need.id, volunteer: cast.volunteer, rationale: 'Räägib keelt.', agreedOn: today() }
  id = (await assign.run(cast.kim, choice)).id
})

const asLou = <R>(work: (db: Db) => Promise<R>) => asPerson('read', cast.lou.claim, work)
const rowsOf = (table: 'caseFile' | 'caseBrief' | 'sealedKey' | 'assignment' | 'need' | 'caseWhereabouts') =>
  asLou((db) => db.selectFrom(table).selectAll().execute())
const needStatus = async () =>
  (await cast.admin.query('select status from need where id = $1', [need.id])).rows[0].status
/** Why Lou may not be asked again, as the coordinator reads it. */
async function reasonsNow(): Promise<string[]> {
  for (;;) {
    const { found } = await openMatch.run(cast.kim, { need: need.id })
    if (found) return found.options[0]?.verdict.reasons.map((reason) => reason.code) ?? []
  }
}
const accept = () => acceptProposal.run(cast.lou, { id, noConflict: 'yes' })
const placeOf = async (kind: string) =>
  (
    await cast.admin.query(
      'select id from case_whereabouts where case_id = $1 and kind = $2 and superseded_at is null',
      [need.caseId, kind],
    )
  ).rows[0].id as string

test('the card names a county and a language, and nothing that says who or where', async () => {
  const card = await openProposal.run(cast.lou, { id })
  expect(card).toMatchObject({ county: 'Ida-Viru maakond', language: 'ru', steps: 1, withChildren: false })
  expect(JSON.stringify({ ...card, towns: [] })).not.toMatch(/0321|Anna|Helista|tänav|5550/)
  // Not even by its number may the case be spoken of before a yes.
  expect(JSON.stringify(card)).not.toContain(need.number)
  expect(await rowsOf('caseFile')).toEqual([])
  expect(await rowsOf('caseBrief')).toEqual([])
  expect(await rowsOf('caseWhereabouts')).toEqual([])
  expect((await rowsOf('sealedKey')).length).toBe(0)
  expect((await openAssignment.run(cast.lou, { id })).own).toBeNull()
})

test('nobody says yes without declaring that there is no conflict of interest', async () => {
  await expect(acceptProposal.run(cast.lou, { id })).rejects.toBeInstanceOf(Invalid)
  expect(await needStatus()).toBe('proposed')
})

test('nobody says yes with a contract that has ended meanwhile', async () => {
  await cast.admin.query(`update volunteer_evidence set valid_to = current_date - 1 where kind = 'contract'`)
  await expect(accept()).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query(`update volunteer_evidence set valid_to = current_date + 700 where kind = 'contract'`)
})

test('after the yes she sees the given name, the safety note and the tasks; the contact only by a look that is logged', async () => {
  await accept()
  expect(await needStatus()).toBe('covered')
  const { own, mine } = await openAssignment.run(cast.lou, { id })
  expect(mine).toBe(true)
  expect(own).toMatchObject({ givenName: 'Näidis-Anna', safetyNote: 'Helista ainult päeval.' })
  expect(own?.places.map((place) => place.kind)).toEqual(['safe_contact'])
  const seen = await lookAtPlace.run(cast.lou, { id, place: await placeOf('safe_contact') })
  expect(seen.value).toBe('5550 0000 õhtuti')
  const { rows } = await cast.admin.query(
    `select case_id from audit_event where action = 'assignment.look' and result = 'done'`,
  )
  expect(rows).toEqual([{ case_id: need.caseId }])
  await expect(lookAtPlace.run(cast.lou, { id, place: await placeOf('address') })).rejects.toBeInstanceOf(NotFound)
})

test('the supervisor opens one place more, and the earlier brief stays in the history', async () => {
  await accept()
  const place = await placeOf('address')
  await openToSupport.run(cast.sirje, { id, place, open: 'yes' })
  expect((await lookAtPlace.run(cast.lou, { id, place })).value).toBe('Näidis tänav 1')
  expect((await openAssignment.run(cast.lou, { id })).own?.givenName).toBe('Näidis-Anna')
  const briefs = await cast.admin.query('select superseded_at from case_brief where case_id = $1', [need.caseId])
  expect(briefs.rows.length).toBeGreaterThan(1)
  expect(briefs.rows.filter((row) => row.superseded_at === null)).toHaveLength(1)
  await openToSupport.run(cast.sirje, { id, place, open: 'no' })
  expect((await openAssignment.run(cast.lou, { id })).own?.places.map((one) => one.kind)).toEqual(['safe_contact'])
  const contact = await placeOf('safe_contact')
  await expect(openToSupport.run(cast.sirje, { id, place: contact, open: 'no' })).rejects.toBeInstanceOf(Conflict)
  for (const who of [cast.max, cast.lou, cast.kim])
    await expect(openToSupport.run(who, { id, place, open: 'yes' })).rejects.toBeInstanceOf(Refused)
})

test('a no opens the need again with its reason, and the same person is not asked twice', async () => {
  await expect(declineProposal.run(cast.lou, { id, reason: 'other' })).rejects.toBeInstanceOf(Invalid)
  await declineProposal.run(cast.lou, { id, reason: 'no_time', note: 'Uus töö.' })
  expect(await needStatus()).toBe('open')
  const { whole } = await openAssignment.run(cast.kim, { id })
  expect(whole?.events.at(-1)).toMatchObject({ kind: 'declined', reasonCode: 'no_time', reason: 'Uus töö.' })
  expect(await reasonsNow()).toEqual(['declined'])
  expect(await rowsOf('assignment')).toEqual([])
  await expect(accept()).rejects.toBeInstanceOf(NotFound)
})

test('whom or what place she knows is kept as a tie, so that matching leaves her out', async () => {
  await expect(declineProposal.run(cast.lou, { id, reason: 'knows_place' })).rejects.toBeInstanceOf(Invalid)
  await expect(
    declineProposal.run(cast.lou, { id, reason: 'knows_place', municipality: '0784' }),
  ).rejects.toBeInstanceOf(Invalid)
  await declineProposal.run(cast.lou, { id, reason: 'knows_place', municipality: '0321' })
  expect(await reasonsNow()).toEqual(['declined', 'acquaintance'])
})

test('access ends on the day the support ends, and the history keeps every word', async () => {
  await accept()
  await expect(endAssignment.run(cast.kim, { id, reason: 'other' })).rejects.toBeInstanceOf(Invalid)
  await endAssignment.run(cast.kim, { id, reason: 'goal_reached' })
  expect(await needStatus()).toBe('closed')
  await expect(openAssignment.run(cast.lou, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(lookAtPlace.run(cast.lou, { id, place: await placeOf('safe_contact') })).rejects.toBeInstanceOf(NotFound)
  for (const table of ['caseFile', 'caseBrief', 'assignment', 'need', 'sealedKey'] as const)
    expect(await rowsOf(table), table).toEqual([])
  const { whole } = await openAssignment.run(cast.kim, { id })
  expect(whole?.events.map((event) => event.kind)).toEqual(['proposed', 'accepted', 'ended'])
  await expect(endAssignment.run(cast.kim, { id, reason: 'goal_reached' })).rejects.toBeInstanceOf(Conflict)
})

test('a handover ends one support, opens the need, and whoever comes next follows it', async () => {
  await accept()
  await handOver.run(cast.kim, { id, reason: 'handover' })
  expect(await needStatus()).toBe('open')
  const choice = { need: need.id, volunteer: cast.volunteer, rationale: 'Tuli tagasi.', agreedOn: today() }
  const next = await assign.run(cast.kim, choice)
  const { whole } = await openAssignment.run(cast.kim, { id: next.id })
  expect(whole?.choice.followsId).toBe(id)
  expect((await openAssignment.run(cast.kim, { id })).whole?.next?.id).toBe(next.id)
})

test('a question is taken back only while it waits, and an answer and a withdrawal never both count', async () => {
  const results = await Promise.allSettled([accept(), withdrawProposal.run(cast.kim, { id, reason: 'mistake' })])
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  const { rows } = await cast.admin.query('select kind from assignment_event where assignment_id = $1', [id])
  expect(rows).toHaveLength(2)
  await expect(withdrawProposal.run(cast.kim, { id, reason: 'mistake' })).rejects.toBeInstanceOf(Conflict)
})

test('each sees the assignments that are theirs: the network, the supervisor, the volunteer, the coordinator', async () => {
  const found = async (who: keyof Cast & ('kim' | 'lou' | 'lea' | 'max' | 'sirje')) =>
    (await listAssignments.run(cast[who], {})).rows.map((row) => row.id)
  expect(await found('kim')).toEqual([id])
  expect(await found('lou')).toEqual([id])
  expect(await found('lea')).toEqual([id])
  expect(await found('sirje')).toEqual([id])
  expect(await found('max')).toEqual([])
  expect((await listAssignments.run(cast.kim, { late: 'yes' })).rows).toEqual([])
  await cast.admin.query(`update assignment set created_at = now() - interval '10 days'`)
  expect((await listAssignments.run(cast.kim, { late: 'yes' })).rows.map((row) => row.id)).toEqual([id])
})

test('strangers cannot: Max neither sees nor steers, and nobody answers for Lou', async () => {
  await expect(openAssignment.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.max, cast.kim, cast.sirje, cast.lea]) {
    await expect(openProposal.run(who, { id })).rejects.toBeInstanceOf(Refused)
    await expect(acceptProposal.run(who, { id, noConflict: 'yes' })).rejects.toBeInstanceOf(Refused)
    await expect(declineProposal.run(who, { id, reason: 'no_time' })).rejects.toBeInstanceOf(Refused)
    await expect(lookAtPlace.run(who, { id, place: id })).rejects.toBeInstanceOf(Refused)
  }
  // The lead ends what is of the own network; in another one there is nothing to end.
  await expect(endAssignment.run(cast.max, { id, reason: 'goal_reached' })).rejects.toBeInstanceOf(NotFound)
  await expect(withdrawProposal.run(cast.max, { id, reason: 'mistake' })).rejects.toBeInstanceOf(NotFound)
  await expect(handOver.run(cast.max, { id, reason: 'handover' })).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.lou, cast.sirje]) {
    await expect(endAssignment.run(who, { id, reason: 'goal_reached' })).rejects.toBeInstanceOf(Refused)
    await expect(handOver.run(who, { id, reason: 'handover' })).rejects.toBeInstanceOf(Refused)
    await expect(withdrawProposal.run(who, { id, reason: 'mistake' })).rejects.toBeInstanceOf(Refused)
  }
})
