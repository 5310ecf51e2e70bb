// Does whoever takes over read what is due, who waits and what was promised – and the giver what happened meanwhile?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openNeed } from '../../../test/need.ts'
import { dayFromNow, lend, standIn } from '../../../test/substitution.ts'
import { givenSupport, type Support } from '../../../test/support.ts'
import { addPromise } from '../../access/substitution/promises.server.ts'
import { endSubstitution } from '../../access/substitution/substitutions.server.ts'
import { listAudit } from '../../audit/audits.server.ts'
import { openCase } from '../../cases/case-file.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { periodOf } from '../../evaluation/period.ts'
import { translator } from '../../i18n/i18n.ts'
import { listBatches } from '../../imports/batch/upload.server.ts'
import { setSupervisor } from '../../volunteers/keeping.server.ts'
import { openCoordinatorHome, type Waiting } from '../coordinator/coordinator.server.ts'
import { coordinatorTasks } from '../coordinator/coordinator-tasks.ts'
import { type LineName, lines } from '../coordinator/lines.ts'
import { openAdminHome, openManagerHome } from '../oversight.server.ts'
import { openHandover } from './handover.server.ts'
import { dueLines, saidOtherwise, waitingLines } from './lines.ts'

let cast: Cast
let support: Support
let id: string
let desk: Person
const t = translator('et')

beforeAll(async () => {
  cast = await openCast()
  support = await givenSupport(cast, dayFromNow(-60))
  await openNeed(cast)
  // The last covision is missed in three days.
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('covisionWeeks', '2026-01-01', '9', 'Näidis', $1)`,
    [cast.kim.id],
  )
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on) values ($1, '2026-01-01', '2026-02-06'), ($1, '2026-02-01', $2)`,
    [cast.volunteer, dayFromNow(3)],
  )
  await cast.admin.query(
    `update volunteer_evidence set valid_to = $2 where volunteer_id = $1 and kind = 'background'`,
    [cast.volunteer, dayFromNow(5)],
  )
  await cast.admin.query(
    `insert into concern (network_id, case_id, number, volunteer_id, kind, raised_by) values ($1, $2, $3, $4, 'danger', $5)`,
    [cast.networks.ida, support.caseId, support.number, cast.volunteer, cast.lou.id],
  )
  await cast.admin.query(
    `insert into import_batch (id, sha256, counts, made_by) values (gen_random_uuid(), '\\x01', '{}', $1)`,
    [cast.kim.id],
  )
  id = await lend(cast, cast.kim, cast.peep, 0, 9)
  await addPromise.run(cast.kim, { id, text: 'Näidis-lubadus', dueOn: dayFromNow(2) })
  desk = (await standIn(cast, cast.peep, id)).person
}, 120_000)
afterAll(() => cast.close())

const said = (tasks: { count?: number; text: string }[]) =>
  tasks.map(({ count, text }) => `${count ?? ''} ${text}`.trim())

test('what is due and who waits is counted from the records, for giver and stand-in alike', async () => {
  for (const who of [cast.kim, desk]) {
    const facts = await openHandover.run(who, { id })
    if (!facts.desk) throw new Error('nobody sits at the desk')
    const due = said(dueLines(t, facts, facts.desk))
    expect(due).toContain('1 kuuaruanne on hiljaks jäänud')
    expect(due).toContain('1 tugiisiku kuuaruanne saab tähtajaks')
    expect(due.some((line) => /^TI-\d+: aegub taustakontroll$/.test(line))).toBe(true)
    expect(due.some((line) => line.startsWith('Aruanne projektijuhile'))).toBe(true)
    expect(due).toContain('1 tugiisiku kovisiooni aeg saab täis')
    const waiting = said(waitingLines(t, facts, facts.desk))
    expect(waiting[0]).toContain(`Oht märgitud: juhtum ${support.number}`)
    expect(waiting).toContain('1 vajadus ilma tugiisikuta')
    expect(waiting.some((line) => line.startsWith('Tabel ('))).toBe(true)
    expect(facts.promises.map(({ text }) => text)).toEqual(['Näidis-lubadus'])
  }
})

// One of everything of which the coordinator's first page can have a line.
const report = { id: 'r', period: periodOf('2026-10-01', 'month'), dueOn: dayFromNow(1), overdue: false }
const glass = { id: 'g', person: 'Näidis', number: 'M-1', reviewDueOn: dayFromNow(-1), state: 'late' }
const everything = {
  ...{ missing: [{ id: 'o', number: 'M-1', volunteer: 'Näidis', untilAt: new Date() }], left: [{ id: 'v' }] },
  ...{ told: [{ caseId: 'c', dueOn: dayFromNow(-1) }], links: [{}], lateTransfers: 1, reports: [{ days: 2 }] },
  proposals: [
    { late: true, askedOn: dayFromNow(-9) },
    { late: false, askedOn: dayFromNow(0) },
  ],
  lapses: [
    { volunteerId: 'a', state: 'soon', kind: 'contract', until: dayFromNow(5) },
    { volunteerId: 'b', state: 'lapsed', kind: 'contract', until: dayFromNow(-5) },
  ],
  recruitment: {
    idle: [{ id: 'i', code: 'K-1', place: 'new', next: null }],
    fresh: [{ id: 'f', code: 'K-2' }],
    days: 14,
    late: [{ id: 't', kind: 'recruit', people: 2, found: 0, coming: 1 }],
  },
  unsigned: [{ id: 'p', madeOn: dayFromNow(-3) }],
  ...{
    expenses: 1,
    unsupervised: 1,
    covision: 1,
    unread: { count: 2, oldest: dayFromNow(-70) },
    lateActions: 1,
    unused: [{}],
    pauses: [{ volunteerId: 'v', code: 'TI-001', since: dayFromNow(-90), pause: 'open' }],
    toInvite: 1,
    toConfirm: 1,
  },
  periods: { toWrite: [report], returned: [report], toAnswer: [] },
  erasures: { count: 1, askedAt: new Date(), first: 'e', due: 3 },
  standIn: [
    { id: 's', what: 'giver.planned', giver: 'Näidis', taker: 'Näidis', from: dayFromNow(1), to: dayFromNow(2) },
  ],
  glass: { toAnswer: [glass], toReview: [], late: [glass] },
}

test('every line of the coordinator’s own first page is at the hand-over, or is said there otherwise', async () => {
  const facts = await openHandover.run(desk, { id })
  if (facts.desk?.kind !== 'coordinator') throw new Error('nobody sits at the desk')
  const waiting = { ...facts.desk.waiting, ...everything } as unknown as Waiting
  const handed = said(waitingLines(t, facts, { ...facts.desk, waiting }))
  const home = said(coordinatorTasks(t, waiting))
  for (const name of Object.keys(lines) as LineName[]) {
    const own = said([lines[name](t, waiting) ?? []].flat())
    expect(own.length, `${name}: this test knows nothing of that kind`).toBeGreaterThan(0)
    for (const line of own) {
      expect(home, name).toContain(line)
      if (!(name in saidOtherwise)) expect(handed, name).toContain(line)
    }
  }
  // And what is said otherwise is not said twice.
  for (const name of Object.keys(saidOtherwise) as LineName[])
    for (const line of said([lines[name](t, waiting) ?? []].flat())) expect(handed, name).not.toContain(line)
})

test('what stands at the hand-over is what the giver’s own first page says', async () => {
  const [home, facts] = [await openCoordinatorHome.run(cast.kim, {}), await openHandover.run(cast.kim, { id })]
  if (facts.desk?.kind !== 'coordinator') throw new Error('nobody sits at the desk')
  const { coverage: _, month: __, ...waiting } = home
  expect(facts.desk.waiting).toEqual(waiting)
})

test('in one’s own name one reads the promises, and nothing of the desk', async () => {
  const facts = await openHandover.run(cast.peep, { id })
  expect([facts.reader, facts.desk, facts.promises.length]).toEqual(['taker', null, 1])
  expect(facts.meanwhile.done).toEqual([])
})

test('nobody else knows that the page exists', async () => {
  await expect(openHandover.run(cast.max, { id })).rejects.toBeInstanceOf(Refused)
  const other = (
    await cast.admin.query<{ id: string }>(
      `insert into person (email, name) values ('kadri@naidis.example', 'Kadri Näidis-Kask') returning id`,
    )
  ).rows[0]?.id
  await expect(openHandover.run({ ...cast.peep, id: other ?? '' }, { id })).rejects.toBeInstanceOf(NotFound)
})

test('a workbook that waits is seen at the desk, and one read in there is seen by the giver', async () => {
  expect(await listBatches.run(desk, {})).toHaveLength(1)
  await asPerson('write', desk.claim, (db) =>
    db
      .insertInto('importBatch')
      .values({ sha256: '2'.repeat(64), counts: '{}', madeBy: cast.peep.id })
      .execute(),
  )
  expect(await listBatches.run(cast.kim, {})).toHaveLength(2)
  await expect(listBatches.run(cast.peep, {})).rejects.toBeInstanceOf(Refused)
})

test('who comes back reads what was done, in plain words and with its cases', async () => {
  await setSupervisor.run(desk, { id: cast.volunteer, supervisor: cast.sirje.id })
  await openCase.run(desk, { id: support.caseId })
  await endSubstitution.run(cast.kim, { id })
  const { state, meanwhile, desk: after } = await openHandover.run(cast.kim, { id })
  expect([state, after]).toEqual(['over', null])
  expect(meanwhile.done.map(({ action, times }) => [action, times])).toContainEqual(['volunteer.supervisor', 1])
  expect(meanwhile.looked).toBeGreaterThan(2)
  const { events } = await listAudit.run(cast.kim, { action: 'case.open' })
  expect(events[0]).toMatchObject({ actor: cast.peep.name, behalf: cast.kim.name, caseNumber: support.number })
  expect((await listAudit.run(cast.aino, { person: 'koort', action: 'case.open' })).events).toHaveLength(1)
})

test('the first pages say who is away, and who has come back', async () => {
  const planned = await lend(cast, cast.kim, cast.peep, 10, 12)
  const what = (lines: { id: string; what: string }[], of: string) => lines.find((line) => line.id === of)?.what
  const home = (await openCoordinatorHome.run(cast.kim, {})).standIn
  expect([what(home, planned), what(home, id)]).toEqual(['giver.planned', 'giver.over'])
  const manager = (await openManagerHome.run(cast.peep, {})).standIn
  expect([what(manager, planned), what(manager, id)]).toEqual(['taker.planned', undefined])
  expect((await openAdminHome.run(cast.ott, {})).asked).toEqual([])
})
