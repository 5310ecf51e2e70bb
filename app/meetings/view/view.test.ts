// Is she asked before her case is spoken of, are her words for those who promised silence, and is a missing view seen?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openTimeline } from '../../cases/timeline.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { formatDate } from '../../i18n/format.ts'
import { openMeeting } from '../agenda/agenda.server.ts'
import { closeAgenda, keepItem } from '../agenda/arrange.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { inviteToMeeting } from '../calendar/change.server.ts'
import { setSeat } from '../core-group/seats.server.ts'
import { pledgeSilence } from '../live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting, openLive } from '../live/live.server.ts'
import { viewsWaiting } from './known.server.ts'
import { openView, remindOfViews, sayView } from './views.server.ts'

let cast: Cast
let caseId: string
let id: string
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  caseId = await referCase(cast.lea)
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query(
    'delete from victim_view; delete from case_decision; delete from contact_plan; delete from case_action; delete from meeting_pledge; delete from agenda_item; delete from meeting; delete from mail_outbox; delete from agency_seat',
  )
  id = await call(today())
})

const call = async (onDate: string, mode = 'sitting') =>
  (await callMeeting.run(cast.lea, { network: cast.networks.ida, mode, onDate })).id
const said = (more: Record<string, string> = {}) => ({
  ...{ id, case: caseId, asked: 'yes', on: formatDate(today()), way: 'call', by: cast.lea.id },
  ...{ wants: 'Näidis: rahu kodus', fears: 'Näidis: et ta saab teada', safer: 'Näidis: kiri tööle' },
  ...more,
})
const missing = { id: '', case: '', asked: 'no', why: 'Näidis: ohutut aega ei olnud' }

test('she is asked by somebody, on a day, in a way; or it is said why not', async () => {
  for (const field of ['on', 'way', 'wants'])
    await expect(sayView.run(cast.lea, said({ [field]: '' }))).rejects.toMatchObject({
      fields: { [field]: expect.anything() },
    })
  const wrong = { by: cast.max.id, on: formatDate(addDays(today(), 1)) }
  for (const [field, value] of Object.entries(wrong))
    await expect(sayView.run(cast.lea, said({ [field]: value }))).rejects.toMatchObject({
      fields: { [field]: expect.anything() },
    })
  await expect(sayView.run(cast.lea, { id, case: caseId, asked: 'no' })).rejects.toMatchObject({
    fields: { why: { key: 'meetings.error.reason' } },
  })
  await sayView.run(cast.lea, said())
  const { view } = await openView.run(cast.lea, { id, case: caseId })
  expect(view).toMatchObject({ askedBy: 'Lea Näidis-Lind', way: 'call', wants: 'Näidis: rahu kodus', why: null })
  await expect(sayView.run(cast.lea, said())).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  await sayView.run(cast.lea, said({ by: 'support_person', seen: view?.id ?? '' }))
  const now = (await openView.run(cast.lea, { id, case: caseId })).view
  expect(now).toMatchObject({ askedBy: null, on: today() })
  const { rows } = await cast.admin.query('select count(*)::int as all from victim_view')
  expect(rows).toEqual([{ all: 2 }])
})

test('the agenda tells that she was asked before it closes, and her words are for those who promised silence', async () => {
  await inviteToMeeting.run(cast.lea, { id })
  const shown = async (who = cast.lea) => (await openMeeting.run(who, { id })).coming.map(({ view }) => view)
  expect(await shown()).toEqual(['missing'])
  await sayView.run(cast.lea, said())
  for (const who of [cast.lea, cast.kim]) expect(await shown(who)).toEqual(['asked'])
  // A member knows of the case from its place on the agenda on.
  expect(await shown(cast.mall)).toEqual([])
  await keepItem.run(cast.lea, { id, case: caseId })
  for (const who of [cast.lea, cast.mall, cast.kim])
    expect((await openMeeting.run(who, { id })).lines.map(({ view }) => view)).toEqual(['asked'])
  await closeAgenda.run(cast.lea, { id })
  const live = async () => openLive.run(cast.mall, { id, case: caseId })
  expect(await live()).toMatchObject({ view: null, known: 'asked', asks: false })
  await pledgeSilence.run(cast.mall, { id, silent: 'yes' })
  expect((await live()).view?.wants).toBe('Näidis: rahu kodus')
  expect(JSON.stringify(await openLive.run(cast.mall, { id, case: caseId, wall: 'yes' }))).not.toContain('rahu kodus')
  const { events } = await openTimeline.run(cast.mall, { id: caseId })
  expect(events).toContainEqual(expect.objectContaining({ kind: 'view', detail: 'asked', who: 'Lea Näidis-Lind' }))
})

test('a reason why she was not asked stands instead, and nothing is changed once the meeting is over', async () => {
  await sayView.run(cast.lea, { ...missing, id, case: caseId })
  await closeAgenda.run(cast.lea, { id })
  expect((await openMeeting.run(cast.lea, { id })).lines.map(({ view }) => view)).toEqual(['not_asked'])
  await beginMeeting.run(cast.lea, { id })
  await pledgeSilence.run(cast.lea, { id, silent: 'yes' })
  expect((await openLive.run(cast.lea, { id, case: caseId })).view?.why).toBe('Näidis: ohutut aega ei olnud')
  await endMeeting.run(cast.lea, { id })
  await expect(sayView.run(cast.lea, said())).rejects.toBeInstanceOf(Conflict)
})

test('who leads and who speaks for victim support asks her, and nobody else', async () => {
  await inviteToMeeting.run(cast.lea, { id })
  for (const who of [cast.mall, cast.max]) {
    await expect(openView.run(who, { id, case: caseId })).rejects.toBeInstanceOf(NotFound)
    await expect(sayView.run(who, said())).rejects.toBeInstanceOf(NotFound)
  }
  for (const who of [cast.kim, cast.lou, cast.sirje, cast.aino])
    await expect(openView.run(who, { id, case: caseId })).rejects.toBeInstanceOf(Refused)
  await setSeat.run(cast.lea, { network: cast.networks.ida, person: cast.mall.id, agency: 'victim_support' })
  // The seat alone opens no case: it has to be on an agenda first.
  await expect(sayView.run(cast.mall, said({ by: cast.mall.id }))).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query('update case_file set invited_at = now() where id = $1', [caseId])
  await sayView.run(cast.mall, said({ by: cast.mall.id }))
  await cast.admin.query('update case_file set invited_at = null where id = $1', [caseId])
  expect((await openView.run(cast.lea, { id, case: caseId })).view?.by).toBe('Mall Näidis-Maasik')
})

test('whom nobody has asked waits on the first page, and is reminded of once before the agenda closes', async () => {
  await cast.admin.query('update meeting set on_date = $2, cut_off_on = $3 where id = $1', [
    id,
    addDays(today(), 9),
    addDays(today(), 2),
  ])
  const waits = (who = cast.lea) => asPerson('read', who.claim, (db) => viewsWaiting(db))
  expect(await waits()).toMatchObject([{ meetingId: id, cutOffOn: addDays(today(), 2), count: 1 }])
  expect(await waits(cast.mall)).toEqual([])
  expect(await remindOfViews(cast.sys)).toBe(1)
  await remindOfViews(cast.sys)
  const { rows } = await cast.admin.query(`select person_id, kind from mail_outbox where unique_key like 'view:%'`)
  expect(rows).toEqual([{ person_id: cast.lea.id, kind: 'reminder' }])
  await sayView.run(cast.lea, said())
  expect(await waits()).toEqual([])
  expect(await remindOfViews(cast.sys)).toBe(0)
})

test('where the core group answers in writing she is asked and told as well', async () => {
  await cast.admin.query('delete from meeting')
  id = await call(today(), 'closing')
  await closeAgenda.run(cast.lea, { id })
  await sayView.run(cast.lea, said())
  await beginMeeting.run(cast.lea, { id })
  await pledgeSilence.run(cast.lea, { id, silent: 'yes' })
  await decideItem.run(cast.lea, {
    id,
    case: caseId,
    outcome: 'planned',
    words: 'Näidis: keeld',
    reason: 'Näidis: oht',
  })
  const live = await openLive.run(cast.lea, { id, case: caseId })
  expect(live.view?.safer).toBe('Näidis: kiri tööle')
  expect(live.actions).toMatchObject([{ kind: 'update', ownerId: cast.lea.id, state: 'open' }])
})
