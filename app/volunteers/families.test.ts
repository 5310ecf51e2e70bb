// Does everything ask for the check of whoever supports a family with children, whatever was agreed with her – and hear at once?
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenAssignment, givenVolunteer, paper } from '../../test/volunteers.ts'
import { addChild } from '../cases/identity/another.server.ts'
import { addDays, addMonths } from '../core/calendar/working-days.ts'
import { standAt, today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import { acceptProposal } from '../matching/assignment/answer.server.ts'
import { factsNow } from '../matching/facts.server.ts'
import { openDue } from '../papers/due/due.server.ts'
import { evidenceLapses, lapsingEvidence, papersEnding } from './care.server.ts'
import { openVolunteer } from './profile/profile.server.ts'
import { standingsOf } from './standing.server.ts'

let cast: Cast
const checked = () => addDays(addMonths(today(), -12), 3)
const papers = [paper('training', '2026-01-02'), paper('pledge', '2026-01-03'), paper('contract', '2026-01-03')]
const given = (name: string, more = {}) =>
  givenVolunteer(cast, { evidence: papers, supervisorId: cast.sirje.id, ...more, name })
beforeAll(async () => {
  cast = await openCast()
})
afterEach(() => standAt(null))
afterAll(() => cast.close())

const children = (volunteer: string, count: number) =>
  cast.admin.query(
    'update case_file set child_count = $2 where id in (select case_id from assignment where volunteer_id = $1)',
    [volunteer, count],
  )
const letters = async () => {
  const { rows } = await cast.admin.query<{ id: string; kind: string }>(
    'delete from mail_outbox returning person_id as id, kind',
  )
  return rows.map(({ id, kind }) => [id, kind]).toSorted()
}
const wall = (person: string, volunteer: string) =>
  cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, case_id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from assignment where volunteer_id = $2`,
    [person, volunteer],
  )
const standing = (who: 'kim' | 'sirje', id: string) =>
  asPerson('read', cast[who].claim, async (db) =>
    (await standingsOf(db, [{ id, childContact: false, maxCases: null }], await settingsOn(db))).get(id),
  )
const lapses = (who: 'kim' | 'sirje', id: string) =>
  asPerson('read', cast[who].claim, lapsingEvidence).then((all) => all.filter((one) => one.volunteerId === id))

test('whoever supports a family works by a check: it ends in every list, and the letters go out as for a lapse', async () => {
  const id = await given('Perega Näidis', { evidence: [...papers, paper('background', checked())] })
  await givenAssignment(cast, id, 'active')
  expect((await standing('kim', id))?.needed).not.toContain('background')
  await children(id, 2)
  // Her check holds still: nobody has to hear.
  expect(await letters()).toEqual([])
  const until = addDays(today(), 3)
  for (const who of ['kim', 'sirje'] as const)
    expect(await lapses(who, id)).toMatchObject([{ kind: 'background', state: 'soon', until }])
  const ending = await asPerson('read', cast.kim.claim, (db) => papersEnding(db, today(), addDays(today(), 9)))
  expect(ending.filter(({ volunteerId }) => volunteerId === id)).toMatchObject([{ kind: 'background', until }])
  const { due, renewal } = await openDue.run(cast.kim, {})
  expect(due.filter((one) => one.id === id)).toMatchObject([
    { kind: 'background', why: 'lapsing', reason: null, now: true },
  ])
  expect(JSON.stringify(renewal.sessions)).toContain(id)
  standAt(new Date(`${addDays(until, 1)}T05:00:00Z`))
  await evidenceLapses.run(cast.sys)
  expect(await letters()).toEqual(
    [
      [cast.kim.id, 'reminder'],
      [cast.sirje.id, 'reminder'],
    ].toSorted(),
  )
  expect((await standing('kim', id))?.readiness.missing.map(({ code }) => code)).toEqual(['background.lapsed'])
})

test('whoever is only asked needs it too, and a support that is over asks for nothing', async () => {
  const [asked, over] = [await given('Küsitud Näidis'), await given('Lõpetanu Näidis')]
  await givenAssignment(cast, asked, 'proposed')
  await givenAssignment(cast, over, 'ended', '2026-03-01')
  for (const id of [asked, over]) await children(id, 1)
  await letters()
  // What is missing is said once, and nothing beside it says that she may go on.
  const { mayBeAssigned, cautions } = (await standing('kim', asked))?.readiness ?? {}
  expect([mayBeAssigned, cautions]).toEqual([false, []])
  expect((await standing('kim', over))?.readiness.mayBeAssigned).toBe(true)
  // For a family without children she is not proposed either: on lapse no new assignment begins (R15).
  const { world, volunteers } = await asPerson('read', cast.kim.claim, factsNow)
  const code = [...volunteers.values()].find((one) => one.id === asked)?.code
  expect(world.volunteers.find((one) => one.id === code)?.childContact).toBe(true)
})

test('a first child that is added later is heard of at once by those who have to act, once, and the need knows of it', async () => {
  const id = await given('Hilisem Näidis')
  const file = await referCase(cast.lea, {
    children: { childCount: '0', birthYears: '', told: '', toldOn: '', toldWhom: '' },
  })
  const need = randomUUID()
  await cast.admin.query(
    `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, status, created_by)
     select network_id, id, $2, number, '0045', 'et', '2026-01-10', 8, 'covered', $3 from case_file where id = $1`,
    [file, need, cast.kim.id],
  )
  await cast.admin.query(
    `insert into assignment (network_id, case_id, need_id, number, volunteer_id, chosen_by_solver, load_before, status, start_on, created_by)
     select network_id, id, $2, number, $3, true, 0, 'active', '2026-01-10', $4 from case_file where id = $1`,
    [file, need, id, cast.kim.id],
  )
  await letters()
  await addChild.run(cast.lea, { id: file })
  expect(await letters()).toEqual(
    [
      [cast.kim.id, 'reminder'],
      [cast.sirje.id, 'reminder'],
    ].toSorted(),
  )
  const { rows } = await cast.admin.query('select child_count from need where id = $1', [need])
  expect(rows).toEqual([{ child_count: 1 }])
  expect(await lapses('sirje', id)).toMatchObject([{ kind: 'background', state: 'missing', until: null }])
  await addChild.run(cast.lea, { id: file })
  expect(await letters()).toEqual([])
})

test('behind a wall nobody hears of it: not by a letter, not in a list, not by what is missing', async () => {
  const id = await given('Varjatud Näidis', { evidence: [...papers, paper('background', checked())] })
  await givenAssignment(cast, id, 'active')
  await wall(cast.kim.id, id)
  await children(id, 1)
  expect((await standing('kim', id))?.needed).not.toContain('background')
  expect((await standing('sirje', id))?.needed).toContain('background')
  expect(await lapses('kim', id)).toEqual([])
  await letters()
  standAt(new Date(`${addDays(today(), 4)}T05:00:00Z`))
  await cast.admin.query(`delete from mail_outbox`)
  await cast.admin.query(`update volunteer set status = 'ended' where id <> $1`, [id])
  await evidenceLapses.run(cast.sys)
  expect(await letters()).toEqual([[cast.sirje.id, 'reminder']])
  const unchecked = await given('Kontrollita Näidis')
  await givenAssignment(cast, unchecked, 'active')
  await wall(cast.kim.id, unchecked)
  await children(unchecked, 1)
  expect(await letters()).toEqual([[cast.sirje.id, 'reminder']])
  expect((await openVolunteer.run(cast.kim, { id })).standing.needed).not.toContain('background')
})

test('a yes waits for the check where children came to the case after the question', async () => {
  await cast.admin.query(`update volunteer set child_contact = false where id = $1`, [cast.volunteer])
  await cast.admin.query(
    `update volunteer_evidence set superseded_at = now(), superseded_reason = 'Näidis' where volunteer_id = $1 and kind = 'background'`,
    [cast.volunteer],
  )
  await givenAssignment(cast, cast.volunteer, 'proposed')
  await children(cast.volunteer, 1)
  const { rows } = await cast.admin.query<{ id: string }>('select id from assignment where volunteer_id = $1', [
    cast.volunteer,
  ])
  const missing = (await standing('kim', cast.volunteer))?.readiness.missing.map(({ code }) => code)
  expect(missing).toEqual(['background.missing'])
  await expect(acceptProposal.run(cast.lou, { id: rows[0]?.id, noConflict: 'yes' })).rejects.toMatchObject({
    said: { key: 'matching.proposal.notReady' },
  })
})

test('children who were added before the need followed the case are caught up with, on an installation in use', async () => {
  const name = (await readdir('db/migrations')).find((one) => one.endsWith('_check_by_case.sql'))
  const whole = await readFile(`db/migrations/${name}`, 'utf8')
  const tail = whole.slice(whole.indexOf('-- Children who were added before this day'))
  await cast.admin.query('begin')
  try {
    await cast.admin.query(`update need set child_count = 7, status = 'open'`)
    await cast.admin.query('set local role tugivork_owner')
    await cast.admin.query(tail)
    await cast.admin.query('reset role')
    const { rows } = await cast.admin.query(
      'select n.id from need n join case_file c on c.id = n.case_id where n.child_count <> c.child_count',
    )
    expect(rows).toEqual([])
  } finally {
    await cast.admin.query('rollback')
  }
})
