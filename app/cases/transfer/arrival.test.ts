// What becomes of a case, of those who knew it and of what was begun in it when it has gone over to another network?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotateCaseKey } from '../../../db/keys/rotate-case.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenAssessment } from '../../../test/closing.ts'
import { givenMeeting, ofMeeting } from '../../../test/meeting.ts'
import { givenSupport, usualVisit } from '../../../test/support.ts'
import { asked, givenAction, givenAsked, givenReady } from '../../../test/transfer.ts'
import { declarePerson } from '../../access/walls/relations.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { handAction } from '../../meetings/plan/hand.server.ts'
import { correctVisit, logVisit } from '../../support/visit/visits.server.ts'
import { openCase } from '../case-file.server.ts'
import { listCases } from '../cases.server.ts'
import { gapsOf } from '../closing/closing.server.ts'
import { saveAssessment } from '../risk/assess.server.ts'
import { instrumentNow } from '../risk/assessments.server.ts'
import { finishTask } from '../tasks.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { openViews } from '../views/views.server.ts'
import { acceptTransfer } from './answer.server.ts'
import { openArrival } from './arrival.server.ts'
import { listTransfers, openTransfer } from './transfers.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const one = async <Row = Record<string, unknown>>(text: string, values: unknown[]) =>
  (await cast.admin.query(text, values)).rows[0] as Row

test('the case is the new network’s with everything in it, and the old one is left with one line', async () => {
  const support = await givenSupport(cast, '2026-05-01')
  const id = support.caseId
  await givenAssessment(cast, id, today())
  const action = await givenAction(cast, id)
  await cast.admin.query('delete from mail_outbox')
  const { transfer } = await givenAsked(cast, id)
  await acceptTransfer.run(cast.max, { id: transfer })

  const { rows: tables } = await cast.admin.query<{ name: string }>(
    `select n.table_name as name from information_schema.columns n join information_schema.columns c on c.table_name = n.table_name and c.column_name = 'case_id'
     where n.column_name = 'network_id' and n.table_schema = 'public' and n.table_name not in ('audit_event', 'case_transfer', 'agenda_item', 'research', 'case_decision', 'victim_view')`,
  )
  expect(tables.length).toBeGreaterThan(20)
  for (const { name } of tables) {
    const left = await one<{ n: string }>(`select count(*) as n from ${name} where case_id = $1 and network_id = $2`, [
      id,
      cast.networks.ida,
    ])
    expect([name, Number(left.n)]).toEqual([name, 0])
  }
  const { head, words } = await openCase.run(cast.max, { id })
  expect(words?.why).toBe('Vaja on politsei ja prokuratuuri osalust.')
  expect(head.tasks.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['assess-transferred', 'confirm-support', 'share-actions']),
  )
  for (const who of [cast.lea, cast.mall]) await expect(openCase.run(who, { id })).rejects.toThrow(NotFound)
  // It is among those that came from elsewhere, and among nobody else's.
  const came = async (who = cast.max) => (await listCases.run(who, { moved: 'came' })).rows.map((row) => row.id)
  expect([(await came()).includes(id), (await came(cast.lea)).includes(id)]).toEqual([true, false])
  const line = (await listTransfers.run(cast.lea, {})).over.find((row) => row.id === transfer)
  expect(line).toMatchObject({ state: 'accepted', to: 'Harju', answeredOn: today() })
  expect((await openTransfer.run(cast.lea, { id: transfer })).words).toBeNull()
  // The letters: to the old lead, to who guides the support person, to the coordinator; when it was asked, to the new one.
  const told = await cast.admin.query<{ person_id: string }>('select person_id from mail_outbox')
  expect(new Set(told.rows.map((row) => row.person_id))).toEqual(
    new Set([cast.max.id, cast.lea.id, cast.sirje.id, cast.kim.id]),
  )
  // The support person goes on as before.
  await logVisit.run(cast.lou, { ...usualVisit, assignment: support.assignment, day: today() })
  expect(await one('select owner_id, agency, state from case_action where id = $1', [action])).toEqual({
    owner_id: cast.max.id,
    agency: 'victim_support',
    state: 'open',
  })
})

test('the new lead reads what was written, confirms the support, shares out the actions, and who saw it goes on', async () => {
  const { caseId } = await givenSupport(cast, '2026-06-01')
  await givenAssessment(cast, caseId, today())
  const action = await givenAction(cast, caseId)
  const { transfer } = await givenAsked(cast, caseId)
  await acceptTransfer.run(cast.max, { id: transfer })
  const arrival = await openArrival.run(cast.max, { id: caseId })
  expect(arrival.arrival).toMatchObject({
    from: 'Ida-Viru',
    words: asked.words,
    ground: asked.groundWords,
    why: asked.why,
  })
  await expect(openArrival.run(cast.lea, { id: caseId })).rejects.toThrow(NotFound)
  const task = (kind: string) => arrival.head.tasks.find((row) => row.kind === kind)?.id
  await finishTask.run(cast.max, { id: caseId, task: task('confirm-support') })
  await handAction.run(cast.max, { id: caseId, action, owner: cast.max.id })
  await expect(handAction.run(cast.max, { id: caseId, action, owner: cast.mall.id })).rejects.toThrow(Invalid)
  await expect(handAction.run(cast.lea, { id: caseId, action, owner: cast.max.id })).rejects.toThrow(NotFound)
  await finishTask.run(cast.max, { id: caseId, task: task('share-actions') })
  const { events } = await openTimeline.run(cast.max, { id: caseId })
  expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['transfer-open', 'transfer-accepted']))
  const views = await openViews.run(cast.max, { id: caseId })
  const seen = new Set(views.events.map((event) => event.actorId))
  expect([seen.has(cast.lea.id), seen.has(cast.max.id)]).toEqual([true, true])
})

test('a case counts once, and work counts where it was done, also where it is put right afterwards', async () => {
  const { caseId, assignment } = await givenSupport(cast, '2026-07-01')
  await givenAssessment(cast, caseId, today())
  const sums = async () =>
    (await cast.admin.query('select network_id, sum(minutes)::int as minutes from work_sum group by 1')).rows as {
      network_id: string
      minutes: number
    }[]
  const of = async (network: 'ida' | 'harju') =>
    (await sums()).find((row) => row.network_id === cast.networks[network])?.minutes ?? 0
  const [ida, harju] = [await of('ida'), await of('harju')]
  const { id: visit } = await logVisit.run(cast.lou, { ...usualVisit, assignment, day: today() })
  const count = async () => Number((await one<{ n: string }>('select count(*) as n from case_file', [])).n)
  const before = await count()
  const { transfer } = await givenAsked(cast, caseId)
  await acceptTransfer.run(cast.max, { id: transfer })
  expect([await count(), await of('ida'), await of('harju')]).toEqual([before, ida + 60, harju])
  await correctVisit.run(cast.lou, { ...usualVisit, id: visit, minutes: '90', reason: 'Näidis-viga', day: today() })
  expect([await of('ida'), await of('harju')]).toEqual([ida + 90, harju])
  await logVisit.run(cast.lou, { ...usualVisit, assignment, day: today() })
  expect([await of('ida'), await of('harju')]).toEqual([ida + 90, harju + 60])
})

test('meetings stay history of the old network: what is ahead comes off, what was decided goes along, what was told does not', async () => {
  const id = await givenReady(cast)
  const { meeting } = await givenMeeting(cast, id, ofMeeting)
  const { transfer } = await givenAsked(cast, id)
  await expect(acceptTransfer.run(cast.max, { id: transfer })).rejects.toMatchObject({
    said: { key: 'transfer.error.busy' },
  })
  await cast.admin.query(`update meeting set phase = 'held', ended_at = now() where id = $1`, [meeting])
  await acceptTransfer.run(cast.max, { id: transfer })
  const { decisions } = await openArrival.run(cast.max, { id })
  expect(decisions).toMatchObject([{ words: ofMeeting.decision, reason: ofMeeting.why }])
  for (const who of [cast.max, cast.lea, cast.mall]) {
    const told = await asPerson('read', who.claim, (db) =>
      db.selectFrom('research').select('id').where('caseId', '=', id).execute(),
    )
    expect(told).toEqual([])
  }
  expect(await one('select network_id from agenda_item where case_id = $1', [id])).toEqual({
    network_id: cast.networks.ida,
  })
})

test('codes and names are found by the new network, and walls stand before its people and the old ones', async () => {
  const code = '47101010033'
  const changes = {
    victim: {
      givenName: 'Anna',
      familyName: 'Näidis-Uus',
      nationalId: code,
      birthYear: '',
      sex: 'F',
      language: 'et',
    },
  }
  const id = await referCase(cast.lea, changes)
  await givenAssessment(cast, id, today())
  await declarePerson.run(cast.mall, { kind: 'sibling', label: 'Näidis-õde', personalCode: code })
  await declarePerson.run(cast.tiia, { kind: 'sibling', label: 'Näidis-õde', personalCode: code })
  const before = await one<{ i: Buffer }>(
    `select personal_code_index as i from case_person where case_id = $1 and kind = 'victim'`,
    [id],
  )
  const { transfer } = await givenAsked(cast, id)
  await acceptTransfer.run(cast.max, { id: transfer })
  const after = await one<{ i: Buffer }>(
    `select personal_code_index as i from case_person where case_id = $1 and kind = 'victim'`,
    [id],
  )
  expect(after.i).not.toBeNull()
  expect(after.i.equals(before.i)).toBe(false)
  const walls = await cast.admin.query<{ person_id: string; network_id: string }>(
    'select person_id, network_id from wall where case_id = $1',
    [id],
  )
  expect(new Set(walls.rows.map((row) => row.person_id))).toEqual(new Set([cast.mall.id, cast.tiia.id]))
  expect(new Set(walls.rows.map((row) => row.network_id))).toEqual(new Set([cast.networks.harju]))
  const again = await referCase(cast.max, changes)
  expect((await openCase.run(cast.max, { id: again })).known).toBe(true)
  const back = await referCase(cast.lea, changes)
  expect((await openCase.run(cast.lea, { id: back })).known).toBe(false)
  expect(await one('select network_id, wrapped is not null as kept from sealed_key where owner_id = $1', [id])).toEqual(
    { network_id: cast.networks.harju, kept: true },
  )
  expect(await one('select why from key_change where case_id = $1 and done_at is null', [id])).toEqual({
    why: 'network',
  })
  // The new key that was ordered is made: the new lead reads on, what was written for him too.
  await rotateCaseKey(cast.admin, id)
  expect((await openArrival.run(cast.max, { id })).arrival.words).toBe(asked.words)
  expect((await openCase.run(cast.max, { id })).words?.why).toBe('Vaja on politsei ja prokuratuuri osalust.')
})

test('only a look of that day or later counts as a new one, and a member cannot say that the support goes on', async () => {
  const { caseId } = await givenSupport(cast, '2026-08-01')
  await givenAssessment(cast, caseId, today())
  const { transfer } = await givenAsked(cast, caseId)
  await acceptTransfer.run(cast.max, { id: transfer })
  const { questions } = await asPerson('read', cast.max.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map(({ id }) => [`answers.${id}`, 'no']))
  const form = { id: caseId, withVictim: 'yes', save: 'final', ...answers }
  const waits = async () => (await openCase.run(cast.max, { id: caseId })).head.tasks.map(({ kind }) => kind)
  await saveAssessment.run(cast.max, { ...form, madeOn: '2026-11-01' })
  expect(await waits()).toContain('assess-transferred')
  await saveAssessment.run(cast.max, { ...form, madeOn: today() })
  expect(await waits()).not.toContain('assess-transferred')
  expect(await asPerson('read', cast.max.claim, (db) => gapsOf(db, caseId))).toContainEqual(
    expect.objectContaining({ kind: 'task-confirm-support' }),
  )
  const task = (await openCase.run(cast.max, { id: caseId })).head.tasks.find(
    ({ kind }) => kind === 'confirm-support',
  )?.id
  await cast.admin.query(`update person_role set role = 'member' where person_id = $1`, [cast.max.id])
  const member = { ...cast.max, roles: ['member' as const] }
  await expect(finishTask.run(member, { id: caseId, task })).rejects.toThrow(Conflict)
  await cast.admin.query(`update person_role set role = 'lead' where person_id = $1`, [cast.max.id])
  await finishTask.run(cast.max, { id: caseId, task })
})
