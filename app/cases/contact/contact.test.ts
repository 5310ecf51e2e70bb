// Is a safe contact kept, written anew by whom it is for, and does a contact against it need a reason that the log keeps?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenClosed } from '../../../test/closing.ts'
import { givenSupport } from '../../../test/support.ts'
import { standAt } from '../../core/clock.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { openForProcess } from '../../core/seal.server.ts'
import { openCase } from '../case-file.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { openPlanContact, planContact, withdrawContact } from './plan.server.ts'
import { openContact, openSafeContact, saveSafeContact } from './safe.server.ts'

let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  standAt(new Date('2026-11-23T09:00:00Z'))
  id = await referCase(cast.lea)
})
afterEach(() => standAt(null))

const saved = async (of: string, typed: object = again, who = cast.lea) => {
  const { version } = await openSafeContact.run(who, { id: of })
  return saveSafeContact.run(who, { id: of, ...typed, seen: version ?? undefined })
}
const wrongAt = (...names: string[]) =>
  expect.objectContaining({ fields: Object.fromEntries(names.map((name) => [name, expect.anything()])) })
const call = (more: Record<string, string> = {}) => ({ id, channel: 'call', day: '24.11.2026', time: '10.30', ...more })
const again = {
  call: 'unsafe',
  in_person: 'safe',
  workdays: '18–20',
  mayTell: 'sõber Näidis-Tiit',
  feared: 'keegi teine',
}

test('what was answered in the referral is the safe contact, and the network reads it', async () => {
  const { safe, versions, plans } = await openContact.run(cast.mall, { id })
  expect(safe.rules).toMatchObject({
    channels: { call: 'safe', text: 'unsafe', in_person: 'safe' },
    mayAnswer: 'õde',
    codeWord: 'õunakook',
    feared: 'Endine abikaasa, hall kaubik.',
  })
  expect(safe.rules?.hours.map((spans) => spans.length)).toEqual([1, 1, 1, 1, 1, 2, 0])
  expect(safe.people).toMatchObject({ mayTell: 'Näidis-Õde Mari', mayNotTell: 'Näidis-Ämm Helve, naaber' })
  expect([versions.length, plans]).toEqual([1, []])
  expect((await openCase.run(cast.lea, { id })).words?.rules).toEqual(safe.rules)
})

test('the lead writes it anew and the old word stays; a member does not, and Max finds nothing', async () => {
  // Of two who write at once the second reads first what the other has written.
  await expect(saveSafeContact.run(cast.lea, { id, ...again })).rejects.toMatchObject({
    said: { key: 'core.error.overtaken' },
  })
  await saved(id)
  const { safe, versions } = await openContact.run(cast.lea, { id })
  expect(safe.rules).toMatchObject({ channels: { call: 'unsafe', in_person: 'safe' }, codeWord: null, feared: null })
  expect(safe.people).toEqual({ feared: 'keegi teine', mayTell: 'sõber Näidis-Tiit', mayNotTell: null })
  expect(versions.map(({ who }) => who)).toEqual([cast.lea.name, cast.lea.name])
  const kept = await cast.admin.query(
    'select part, superseded_at is null as now from safe_contact where case_id = $1',
    [id],
  )
  expect(kept.rows).toHaveLength(4)
  for (const operation of [openSafeContact, saveSafeContact])
    await expect(operation.run(cast.mall, { id, ...again })).rejects.toBeInstanceOf(NotFound)
  for (const operation of [openContact, openSafeContact, saveSafeContact, openPlanContact, planContact]) {
    await expect(operation.run(cast.max, { ...call(), ...again })).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.sirje, cast.kim, cast.aino, cast.ott])
      await expect(operation.run(who, { ...call(), ...again })).rejects.toBeInstanceOf(Refused)
  }
})

test('a member who brought the case writes it anew herself', async () => {
  const own = await referCase(cast.mall)
  await saved(own, again, cast.mall)
  expect((await openContact.run(cast.mall, { id: own })).mayWrite).toBe(true)
})

test('hours that are none are said at their days', async () => {
  await expect(saveSafeContact.run(cast.lea, { id, ...again, tue: 'hommikul', sun: '9' })).rejects.toEqual(
    wrongAt('tue', 'sun'),
  )
})

test('a contact within her word is planned without a question, and is seen', async () => {
  expect(await planContact.run(cast.mall, call())).toMatchObject({ against: false })
  const { plans } = await openContact.run(cast.lea, { id })
  expect(plans).toMatchObject([{ channel: 'call', onDate: '2026-11-24', minute: 630, broken: [], now: [], why: null }])
  expect((await openTimeline.run(cast.lea, { id })).events).toContainEqual(
    expect.objectContaining({ kind: 'contact-planned', detail: 'call', who: cast.mall.name }),
  )
})

test('against her word it stops at the field; with a reason it is planned, and log and timeline know', async () => {
  await expect(planContact.run(cast.mall, call({ time: '16.00' }))).rejects.toEqual(wrongAt('time', 'because'))
  await expect(planContact.run(cast.mall, call({ day: '29.11.2026' }))).rejects.toEqual(wrongAt('day', 'because'))
  await expect(planContact.run(cast.mall, call({ channel: 'text', because: 'lühike' }))).rejects.toEqual(
    wrongAt('channel', 'because'),
  )
  const through = { channel: 'through', person: 'Helve Näidis-Ämm' }
  await expect(planContact.run(cast.mall, call(through))).rejects.toEqual(wrongAt('person', 'channel', 'because'))
  expect((await openContact.run(cast.lea, { id })).plans).toEqual([])
  const because = 'Kohus kutsus täna välja ja aeg ei kannata oodata'
  expect(await planContact.run(cast.mall, call({ time: '16.00', because }))).toMatchObject({ against: true })
  const [plan] = (await openContact.run(cast.lea, { id })).plans
  expect(plan).toMatchObject({ broken: ['hours'], why: because, who: cast.mall.name })
  expect((await openTimeline.run(cast.lea, { id })).events[0]).toMatchObject({
    kind: 'contact-against',
    detail: 'call',
  })
  const { rows } = await cast.admin.query<{ reason_sealed: Buffer }>(
    `select reason_sealed from audit_event where action = 'case.contact.plan' and case_id = $1 and result = 'done'`,
    [id],
  )
  expect(rows.map((row) => openForProcess('reason', row.reason_sealed))).toEqual([because])
})

test('a word that changes makes what was planned stand out, and its planner hears of it', async () => {
  await planContact.run(cast.mall, call())
  await cast.admin.query('delete from mail_outbox')
  await saved(id)
  const { plans } = await openContact.run(cast.lea, { id })
  expect(plans[0]).toMatchObject({ broken: [], now: ['channel', 'hours'] })
  const { rows } = await cast.admin.query('select person_id, kind from mail_outbox')
  expect(rows).toEqual([{ person_id: cast.mall.id, kind: 'new-task' }])
})

test('a plan is taken back by who made it or by the lead, once', async () => {
  await planContact.run(cast.lea, call())
  const [plan] = (await openContact.run(cast.lea, { id })).plans
  await expect(withdrawContact.run(cast.mall, { id, plan: plan?.id })).rejects.toBeInstanceOf(NotFound)
  await expect(withdrawContact.run(cast.max, { id, plan: plan?.id })).rejects.toBeInstanceOf(NotFound)
  await withdrawContact.run(cast.lea, { id, plan: plan?.id })
  await expect(withdrawContact.run(cast.lea, { id, plan: plan?.id })).rejects.toBeInstanceOf(NotFound)
  expect((await openContact.run(cast.lea, { id })).plans).toEqual([])
})

test('in a case of which nothing was said everything is asked first, and a closed one is only read', async () => {
  await cast.admin.query('update safe_contact set superseded_at = now() where case_id = $1', [id])
  await expect(planContact.run(cast.lea, call())).rejects.toEqual(wrongAt('channel', 'because'))
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [id])
  await expect(planContact.run(cast.lea, call())).rejects.toBeInstanceOf(Conflict)
  await expect(saveSafeContact.run(cast.lea, { id, ...again })).rejects.toBeInstanceOf(Conflict)
})

test('of a closed case it is planned how she is asked how she is, judged as ever, and nothing once she was asked', async () => {
  const shut = await givenClosed(cast, '2026-11-23')
  expect((await openContact.run(cast.lea, { id: shut })).reaches).toBe(true)
  await expect(planContact.run(cast.lea, { ...call({ time: '16.00' }), id: shut })).rejects.toEqual(
    wrongAt('time', 'because'),
  )
  await expect(planContact.run(cast.lea, { ...call({ time: '' }), id: shut })).rejects.toEqual(
    wrongAt('time', 'because'),
  )
  expect(await planContact.run(cast.lea, { ...call(), id: shut })).toMatchObject({ against: false })
  await expect(planContact.run(cast.mall, { ...call(), id: shut })).rejects.toBeInstanceOf(NotFound)
  const [plan] = (await openContact.run(cast.lea, { id: shut })).plans
  await withdrawContact.run(cast.lea, { id: shut, plan: plan?.id })
  await cast.admin.query(`update case_task set done_at = now(), done_by = $2 where case_id = $1 and done_at is null`, [
    shut,
    cast.lea.id,
  ])
  expect((await openContact.run(cast.lea, { id: shut })).reaches).toBe(false)
  await expect(planContact.run(cast.lea, { ...call(), id: shut })).rejects.toBeInstanceOf(Conflict)
})

test('the support person reads the rules, never who may be told and who may not', async () => {
  const { caseId } = await givenSupport(cast, '2026-11-03')
  const { rows } = await cast.admin.query<{ part: string }>('select part from safe_contact where case_id = $1', [
    caseId,
  ])
  expect(rows.map((row) => row.part).toSorted()).toEqual(['people', 'rules'])
  await expect(openContact.run(cast.lou, { id: caseId })).rejects.toBeInstanceOf(Refused)
})
