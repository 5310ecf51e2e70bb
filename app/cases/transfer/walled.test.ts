// Does whoever is tied to a case never see it come, and is nobody told of a case before which a wall keeps them?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { givenAssessment } from '../../../test/closing.ts'
import { asked, givenAsked, givenReady } from '../../../test/transfer.ts'
import { declarePerson } from '../../access/walls/relations.server.ts'
import { listAudit } from '../../audit/audits.server.ts'
import { tellOfWalls } from '../../audit/walls/walls.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { openForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { addAction } from '../../meetings/plan/plan.server.ts'
import { openCase } from '../case-file.server.ts'
import { remindOfTasks, tellLeads } from '../tasks.server.ts'
import { acceptTransfer, refuseTransfer } from './answer.server.ts'
import { remindOfTransfers } from './clock.server.ts'
import { sendTransfer } from './send.server.ts'
import { listTransfers, openTransfer, transfersWaiting } from './transfers.server.ts'

let cast: Cast
/** A second lead of Harju, who is tied to nobody. */
let mati: Person
const code = '47101010033'
const victim = {
  ...{ givenName: 'Anna', familyName: 'Näidis-Uus', nationalId: code },
  ...{ birthYear: '', sex: 'F', language: 'et' },
}

beforeAll(async () => {
  cast = await openCast()
  const { rows } = await cast.admin.query(
    `with made as (insert into person (email, name) values ('mati@naidis.example', 'Mati Näidis-Mänd') returning id)
     insert into person_role (person_id, role, network_id, valid_from, valid_to) select id, 'lead', $1, '2020-01-01', '2999-12-31' from made returning person_id`,
    [cast.networks.harju],
  )
  mati = (await signIn(cast.admin, rows[0].person_id)).person
  // Max told of her before Ida-Viru was there: of his own network it is known, of the one that gives it is not.
  await declarePerson.run(cast.max, { kind: 'sibling', label: 'Näidis-õde', personalCode: code })
  await cast.admin.query('delete from declared_code where network_id = $1', [cast.networks.ida])
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from mail_outbox'))

const told = async () =>
  new Set(
    (await cast.admin.query<{ person_id: string }>('select person_id from mail_outbox')).rows.map(
      (row) => row.person_id,
    ),
  )
const wallsOf = async (caseId: string) =>
  (await cast.admin.query('select person_id, source, network_id, told_at from wall where case_id = $1', [caseId])).rows
const raise = (who: Person, caseId: string) =>
  cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [who.id, caseId],
  )

async function comingOf(change: Record<string, unknown> = {}) {
  const id = await referCase(cast.lea, { victim: { ...victim, ...change } })
  await givenAssessment(cast, id, today())
  await cast.admin.query('delete from mail_outbox')
  return givenAsked(cast, id)
}

test('the wall stands before the row is there: he who is her brother sees no transfer, at no time, and has no letter', async () => {
  const { transfer } = await comingOf()
  expect(await asPerson('read', cast.max.claim, transfersWaiting)).toEqual([])
  expect((await listTransfers.run(cast.max, {})).open.map(({ id }) => id)).not.toContain(transfer)
  await expect(openTransfer.run(cast.max, { id: transfer })).rejects.toThrow(NotFound)
  await expect(acceptTransfer.run(cast.max, { id: transfer })).rejects.toThrow(NotFound)
  expect(await told()).toEqual(new Set([mati.id]))
  // His colleague sees it, takes it over, and no second wall is raised by the same fact.
  expect((await openTransfer.run(mati, { id: transfer })).may.accept).toBe(true)
  const { caseId } = (await acceptTransfer.run(mati, { id: transfer })).transfer
  expect((await openCase.run(mati, { id: caseId })).head.id).toBe(caseId)
  expect(await wallsOf(caseId)).toEqual([
    { person_id: cast.max.id, source: 'declared', network_id: cast.networks.harju, told_at: null },
  ])
  await tellOfWalls(cast.sys)
  expect((await wallsOf(caseId))[0].told_at).not.toBeNull()
})

test('who asks hears the same whether or not somebody is walled off, and of nobody else a wall is raised', async () => {
  const other = await comingOf({ nationalId: '37605030299' })
  expect(await wallsOf(other.caseId)).toEqual([])
  expect(await told()).toEqual(new Set([cast.max.id, mati.id]))
  const id = await referCase(cast.lea, { victim })
  await givenAssessment(cast, id, today())
  const answer = await sendTransfer.run(cast.lea, { id, to: cast.networks.harju, ...asked })
  expect(Object.keys(answer)).toEqual(['head', 'transfer'])
  expect(answer.head).toEqual({ id, networkId: cast.networks.ida })
})

test('where only walled leads are asked nobody answers: it lapses, and they have no reminder', async () => {
  const { transfer, caseId } = await comingOf()
  await raise(mati, caseId)
  await cast.admin.query(`delete from mail_outbox`)
  await cast.admin.query(`update case_transfer set due_on = $2::date - 20, lapses_on = $2::date - 1 where id = $1`, [
    transfer,
    today(),
  ])
  await remindOfTransfers(cast.sys)
  expect(await told()).toEqual(new Set([cast.lea.id, cast.kim.id]))
  expect((await openTransfer.run(cast.lea, { id: transfer })).transfer.state).toBe('lapsed')
})

test('letters and reminders about a case pass by whoever is walled off, the coordinator as well', async () => {
  const id = await givenReady(cast)
  for (const who of [cast.mall, cast.kim]) await raise(who, id)
  await cast.admin.query('delete from mail_outbox')
  await cast.admin.query(`update case_task set due_on = $2::date - 3 where case_id = $1 and done_at is null`, [
    id,
    today(),
  ])
  await cast.admin.query(
    `insert into case_task (network_id, case_id, kind, due_on) select network_id, id, 'tell-victim-support', $2::date - 1 from case_file where id = $1`,
    [id, today()],
  )
  const mallsTask = {
    id,
    owner: cast.mall.id,
    dueOn: '31.12.2099',
    contact: 'none',
    what: 'Näidis-töö',
    result: 'Näidis-tulemus',
  }
  await addAction.run(cast.lea, mallsTask)
  await remindOfTasks(cast.sys)
  await asPerson('write', cast.sys.claim, (db) => tellLeads(db, cast.sys, { networkId: cast.networks.ida, caseId: id }))
  expect(await told()).toEqual(new Set([cast.lea.id]))
  await raise(cast.lea, id)
  await cast.admin.query('delete from mail_outbox')
  await asPerson('write', cast.sys.claim, (db) => tellLeads(db, cast.sys, { networkId: cast.networks.ida, caseId: id }))
  expect(await told()).toEqual(new Set())
})

test('what was done to a transfer is kept without a word of it, and logged in the network that has the case then', async () => {
  const { transfer } = await givenAsked(cast)
  const key = crypto.randomUUID()
  await acceptTransfer.run(mati, { id: transfer }, key)
  const { rows } = await cast.admin.query('select result_sealed from once where key = $1', [key])
  const kept = JSON.parse(openForProcess(`once/${mati.id}/${key}`, rows[0].result_sealed))
  expect(Object.keys(kept.transfer).toSorted()).toEqual(['caseId', 'id', 'networkId'])
  await openTransfer.run(mati, { id: transfer })
  const { transfer: other } = await givenAsked(cast)
  await refuseTransfer.run(mati, { id: other, because: 'capacity' })
  const { events } = await listAudit.run(cast.aino, {})
  const seen = events.filter(({ actorId }) => actorId === mati.id).map(({ action, networkId }) => [action, networkId])
  expect(seen).toContainEqual(['transfer.accept', cast.networks.harju])
  expect(seen).toContainEqual(['transfer.open', cast.networks.harju])
  expect(seen).toContainEqual(['transfer.refuse', cast.networks.ida])
})
