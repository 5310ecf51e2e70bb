// Is what somebody leaves behind who has helped due when the rule says so and not a day before, and is it erased by two people, with a line in the log?
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { replayErasures } from '../../../db/backup/proof.ts'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { givenSignedPaper } from '../../../test/signed.ts'
import { addDays, addMonths } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { exitsOf, holdExit } from '../../papers/exit/exits.server.ts'
import { readLedger, useLedger } from '../../process/ledger.server.ts'
import { writeCheckin } from '../../supervision/wellbeing/checkins.server.ts'
import { openVolunteer } from '../../volunteers/profile/profile.server.ts'
import { askDueErasures, erasuresFallDue } from './due.server.ts'
import { askErasure, confirmErasure, listErasures, refuseErasure } from './erasures.server.ts'

let cast: Cast
const folder = mkdtempSync(join(tmpdir(), 'tugivork-due-'))
beforeAll(async () => {
  cast = await openCast()
  useLedger(join(folder, 'erasures.jsonl'))
  await cast.admin.query('alter table paper disable trigger set_once')
})
afterAll(async () => {
  await cast.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => cast.admin.query('delete from erasure'))
afterEach(async () => {
  await cast.admin.query(`delete from volunteer_status where volunteer_id = $1 and status = 'ended'`, [cast.volunteer])
  await cast.admin.query(`update volunteer set status = 'active' where id = $1`, [cast.volunteer])
})

const year = (back: number) => Number(today().slice(0, 4)) - back
const due = async (who: CastName = 'kim') =>
  (await listErasures.run(cast[who], {})).due.map(({ kind, since }) => [kind, since])

async function left(on: string): Promise<void> {
  await cast.admin.query(`update volunteer_status set from_on = '2001-01-01' where volunteer_id = $1`, [cast.volunteer])
  await cast.admin.query(
    `insert into volunteer_status (volunteer_id, status, from_on, recorded_by) values ($1, 'ended', $2, $3)`,
    [cast.volunteer, on, cast.kim.id],
  )
  await cast.admin.query(`update volunteer set status = 'ended' where id = $1`, [cast.volunteer])
}

/** One asks for all that is due, the other says yes to what is of this kind; the answer is to how many. */
async function erase(kind: string, asker: CastName = 'kim', decider: CastName = 'aino'): Promise<number> {
  await askDueErasures.run(cast[asker], {})
  const waiting = (await listErasures.run(cast[decider], {})).requests.filter((one) => one.kind === kind)
  for (const { id } of waiting) await confirmErasure.run(cast[decider], { id, sure: 'on' })
  return waiting.length
}

async function papersKept() {
  const { rows } = await cast.admin.query<{ words: boolean; file: boolean }>(
    `select p.facts_sealed is not null as words, s.file_sealed is not null as file from paper p join paper_signed s on s.paper_id = p.id`,
  )
  return rows
}

const paperIs = (what: string) => cast.admin.query(`update paper set ${what}`)
test.each<[string, (on: string) => Promise<unknown>]>([
  ['its time was over', (on) => paperIs(`valid_from = '2001-01-01', valid_to = '${on}'`)],
  ['it was taken back', (on) => paperIs(`superseded_at = '${on}T12:00:00Z', superseded_reason = 'x'`)],
  ['she left', (on) => left(on)],
])(
  'seven years after the year in which %s a paper is due, and goes when the second person says so',
  async (_, ended) => {
    await cast.admin.query('delete from paper_signed; delete from paper')
    await givenSignedPaper(cast, 'leping.pdf')
    const papers = async () => (await due()).filter(([kind]) => kind === 'papers')
    await paperIs(`made_on = '2001-01-01', made_at = '2001-01-01'`)
    expect(await papers()).toEqual([])
    await ended(`${year(7)}-01-02`)
    expect(await papers()).toEqual([])
    await cast.admin.query(`delete from volunteer_status where volunteer_id = $1 and status = 'ended'`, [
      cast.volunteer,
    ])
    await ended(`${year(8)}-12-30`)
    expect(await papers()).toEqual([['papers', `${year(0)}-01-01`]])
    // Nothing goes while one person alone has asked for it.
    await askDueErasures.run(cast.kim, {})
    expect(await papersKept()).toEqual([{ words: true, file: true }])
    expect(await papers()).toEqual([])
    const request = (await listErasures.run(cast.kim, {})).requests.find((one) => one.kind === 'papers')
    await expect(confirmErasure.run(cast.kim, { id: request?.id, sure: 'on' })).rejects.toBeInstanceOf(NotFound)
    const before = readLedger().length
    await confirmErasure.run(cast.aino, { id: request?.id, sure: 'on' })
    expect(await papersKept()).toEqual([{ words: false, file: false }])
    expect(readLedger().slice(before)).toMatchObject([{ kind: 'papers', owner: cast.volunteer }])
    const { rows } = await cast.admin.query(
      `select actor, result from audit_event where action = 'erasure.confirm' and object_id = $1`,
      [request?.id],
    )
    expect(rows).toContainEqual({ actor: cast.aino.id, result: 'done' })
  },
)

test('words about somebody who left and to her are due twelve months after, and go alone: her record and her hours stay', async () => {
  await holdExit.run(cast.kim, {
    id: cast.volunteer,
    heldOn: today(),
    good: 'Näidis-hea',
    hard: 'Näidis-raske',
    back: 'no',
  })
  const { id: checkin } = await writeCheckin.run(cast.lou, {
    level: 'hard',
    carries: 'often',
    talk: 'no',
    words: 'Näidis',
  })
  await cast.admin.query(
    `with one as (insert into message (status, words, sent_by) values ('active', '{}', $2) returning id)
     insert into message_copy (message_id, volunteer_id, locale, title, body, sent_by) select id, $1, 'et', 'Näidis', 'Näidis-sõnum', $2 from one`,
    [cast.volunteer, cast.kim.id],
  )
  await cast.admin.query(`update volunteer set notes = 'Näidis-märkus' where id = $1`, [cast.volunteer])
  const told = async () => {
    const exits = await asPerson('read', cast.kim.claim, (db) => exitsOf(db, cast.volunteer))
    const { rows } = await cast.admin.query(
      `select (select body from message_copy) as body, (select wrapped is not null from sealed_key where owner_id = $1) as checkin,
         (select notes from volunteer where id = $2) as notes`,
      [checkin, cast.volunteer],
    )
    return {
      ...rows[0],
      exit: exits[0]?.answers?.good ?? null,
      name: (await openVolunteer.run(cast.kim, { id: cast.volunteer })).name,
    }
  }
  const name = cast.lou.name
  const whole = { body: 'Näidis-sõnum', checkin: true, notes: 'Näidis-märkus', exit: 'Näidis-hea', name }
  await left(addDays(addMonths(today(), -12), 1))
  expect(await due()).toEqual([])
  await cast.admin.query(`delete from volunteer_status where volunteer_id = $1 and status = 'ended'`, [cast.volunteer])
  await left(addMonths(today(), -12))
  expect(await due('aino')).toEqual([['talks', addMonths(addMonths(today(), -12), 12)]])
  expect(await told()).toEqual(whole)
  // The auditor asks, the coordinator decides.
  expect(await erase('talks', 'aino', 'kim')).toBe(1)
  const gone = { body: '–', checkin: false, notes: null, exit: null, name }
  expect(await told()).toEqual(gone)
  expect(await due()).toEqual([])
  // A backup that brings it back is gone through.
  await cast.admin.query(`update message_copy set body = 'Näidis-sõnum'`)
  await cast.admin.query(`update exit_talk set answers_sealed = '\\x01'`)
  await replayErasures(cast.admin, readLedger())
  expect(await told()).toEqual(gone)
})

test('the record is due when the years are over, and not while a paper has to be kept', async () => {
  await cast.admin.query('delete from paper_signed; delete from paper')
  await left(`${year(8)}-12-30`)
  expect(await due()).toEqual([['volunteer', `${year(0)}-01-01`]])
  await cast.admin.query(
    `insert into expense (volunteer_id, kind, on_date, cents, words_sealed, sent_by, decision, decided_by, decided_at)
     values ($1, 'other', $2, 100, '\\x01', $3, 'approved', $4, now())`,
    [cast.volunteer, today(), cast.lou.id, cast.kim.id],
  )
  expect(await due()).toEqual([])
  await cast.admin.query('delete from expense')
  await cast.admin.query(`delete from volunteer_status where volunteer_id = $1 and status = 'ended'`, [cast.volunteer])
  await left(`${year(7)}-01-02`)
  expect(await due()).toEqual([])
  const { code } = await openVolunteer.run(cast.kim, { id: cast.volunteer })
  const ask = { number: code, ground: 'term', reason: 'Näidis' }
  await expect(askErasure.run(cast.kim, ask)).rejects.toMatchObject({
    fields: { ground: { key: 'safekeeping.due.notYet' } },
  })
})

test('whoever has come back in between is not erased; what is kept by decision comes up again after a year', async () => {
  await left(`${year(8)}-12-30`)
  await askDueErasures.run(cast.kim, {})
  const [request] = (await listErasures.run(cast.aino, {})).requests
  await cast.admin.query(`update volunteer set status = 'interview' where id = $1`, [cast.volunteer])
  await expect(confirmErasure.run(cast.aino, { id: request?.id, sure: 'on' })).rejects.toBeInstanceOf(Conflict)
  await refuseErasure.run(cast.aino, { id: request?.id })
  await cast.admin.query(`update volunteer set status = 'ended' where id = $1`, [cast.volunteer])
  expect(await due()).toEqual([])
  await expect(askDueErasures.run(cast.kim, {})).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query('alter table erasure disable trigger all')
  await cast.admin.query(`update erasure set decided_at = now() - interval '366 days'`)
  await cast.admin.query('alter table erasure enable trigger all')
  expect(await due()).toHaveLength(1)
})

test('the coordinator hears once a month that something is due; nobody else sees the list or erases past the two', async () => {
  expect(await erasuresFallDue.run(cast.sys)).toBe(0)
  await left(`${year(8)}-12-30`)
  const letters = async () =>
    (await cast.admin.query(`select person_id from mail_outbox where unique_key like 'erasures/%'`)).rows
  await erasuresFallDue.run(cast.sys)
  await erasuresFallDue.run(cast.sys)
  expect(await letters()).toEqual([{ person_id: cast.kim.id }])
  expect((await listErasures.run(cast.lea, {})).due).toEqual([])
  for (const who of ['lea', 'sirje', 'lou', 'ott', 'peep'] as const)
    await expect(askDueErasures.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
  const { sql } = await import('kysely')
  for (const who of ['kim', 'aino', 'lea', 'sys'] as const)
    for (const call of [
      `select erase_talks('${cast.volunteer}')`,
      `select papers_forget('${cast.volunteer}', current_date)`,
      'select * from retention()',
    ])
      await expect(
        asPerson('write', cast[who].claim, (db) => sql.raw(call).execute(db)),
        `${who}: ${call}`,
      ).rejects.toThrow()
})

test('the years and months are those of the rule', async () => {
  await left(`${year(3)}-06-01`)
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('volunteerYears', '2', $1, 'x', $2)`,
    [today(), cast.kim.id],
  )
  expect(await due()).toEqual([['volunteer', `${year(0)}-01-01`]])
  expect(await erase('volunteer')).toBe(1)
  const { rows } = await cast.admin.query('select name = code as erased from volunteer where id = $1', [cast.volunteer])
  expect(rows).toEqual([{ erased: true }])
  expect(await due()).toEqual([])
})
