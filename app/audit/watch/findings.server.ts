// What was found about whom, what does the log say of it, and how was it judged?
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { formerNamesOf } from '../../access/two-people/names.server.ts'
import { now } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import type { Role } from '../../core/user.ts'
import type { AuditEvent } from '../audit.ts'
import { type Finding, FindingId, isSilent, JudgeFinding, rules, type Tally, wordsFrom } from './watch.ts'

/** The auditors; the administrator where somebody has to judge about the only one. The policies say about whom. */
const watchers: readonly Role[] = ['auditor', 'admin']
const mostListed = 200

const listed = sql`
  select w.id, w.rule, w.person_id, p.name as person, c.number, n.name as network, w.count, w.usual, w.from_at, w.to_at, w.found_at, w.stops_until,
    w.judgement, j.name as judged_by, w.judged_at
  from watch_finding w join person p on p.id = w.person_id left join case_file c on c.id = w.case_id left join network n on n.id = w.network_id
    left join person j on j.id = w.judged_by`

type Listed = { open: Finding[]; judged: Finding[]; tally: Tally[]; lastRound: Date | null; silent: boolean }

async function tallyOf(db: Db): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select rule, count(*)::int as found, (count(*) filter (where judgement = 'explained'))::int as explained,
      (count(*) filter (where judgement = 'incident'))::int as incidents
    from watch_finding where found_at > now() - interval '91 days' group by rule`.execute(db)
  return rules.flatMap((rule) => rows.find((row) => row.rule === rule) ?? [])
}

async function lastRoundOf(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select max(at) as at from watch_round`.execute(db)
  return rows[0]?.at ?? null
}

/** What waits, by the weight of its rule; then what was judged last, and what each rule came to. */
export const listFindings = query(
  'watch.list',
  {
    roles: watchers,
    input: z.object({}),
    about: (_input, output: Listed) => ({ kind: 'finding', hits: output.open.length + output.judged.length }),
  },
  async (db): Promise<Listed> => {
    const open = await sql<Finding>`${listed} where w.judgement is null
      order by array_position(${[...rules]}::text[], w.rule), w.found_at desc limit ${mostListed}`.execute(db)
    const judged =
      await sql<Finding>`${listed} where w.judgement is not null order by w.judged_at desc limit 50`.execute(db)
    const lastRound = await lastRoundOf(db)
    const tally = await tallyOf(db)
    return { open: open.rows, judged: judged.rows, tally, lastRound, silent: isSilent(lastRound, now()) }
  },
)

type Row = Finding & { caseId: string | null; firstSeq: string; lastSeq: string; wordsSealed: Buffer | null }

async function findingOf(db: Db, id: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select l.*, w.case_id, w.first_seq, w.last_seq, w.words_sealed from (${listed}) l join watch_finding w on w.id = l.id
    where l.id = ${id}`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

// Of a case what was done in it; of a day what the rule looks at.
async function eventsOf(db: Db, of: Row): Promise<AuditEvent[]> {
  const refused = of.rule === 'denied' ? sql`e.result in ('denied', 'refused')` : sql`e.result = 'done'`
  // Whoever tried to come in by a row that we did not write was nobody yet.
  const atDoor = sql`e.action = 'access.unsealed' and e.object_id = ${of.personId}`
  const where = of.caseId ? sql`e.case_id = ${of.caseId}` : sql`${refused}`
  const { rows } = await sql<AuditEvent & { reasonSealed: Buffer | null }>`
    select case when e.action = 'case.find' then e.reason_sealed end as reason_sealed, e.seq, e.at, e.action, e.result, e.hits, e.case_id, e.network_id, e.actor as actor_id, case when e.actor is not null then ${of.person} end as actor, name_then(e.actor, e.at) as actor_then,
      c.number as case_number, '{}'::text[] as actor_roles, null as behalf
    from audit_event e left join case_file c on c.id = e.case_id
    where e.seq between ${of.firstSeq} and ${of.lastSeq} and ${of.rule === 'seal' ? atDoor : sql`e.actor = ${of.personId} and ${where}`}
    order by e.seq desc limit 200`.execute(db)
  return rows.map(({ reasonSealed, ...event }) => ({
    ...event,
    why: reasonSealed && openForProcess('reason', reasonSealed),
  }))
}

const about = (input: { id: string }) => ({ kind: 'finding', id: input.id })

export const openFinding = query('watch.open', { roles: watchers, input: FindingId, about }, async (db, { id }) => {
  const { caseId, firstSeq, lastSeq, wordsSealed, ...finding } = await findingOf(db, id)
  const events = await eventsOf(db, { ...finding, caseId, firstSeq, lastSeq, wordsSealed })
  // By which of their names somebody was found, today's does not tell.
  const former = finding.rule === 'surname' ? await formerNamesOf(db, finding.personId) : []
  return { finding, former, events, words: wordsSealed ? openForProcess(`watch/${id}`, wordsSealed) : null }
})
export type OpenedFinding = Awaited<ReturnType<typeof openFinding.run>>

/** Said once, and why; nobody judges what was found about themselves. */
export const judgeFinding = command(
  'watch.judge',
  { roles: watchers, inPerson: true, input: JudgeFinding, about },
  async (db, { id, judgement, words }, me) => {
    mustBeFresh(me)
    if (words.length < wordsFrom)
      throw new Invalid({ words: { key: 'audit.watch.wordsShort', args: { min: wordsFrom } } })
    const { judgement: before } = await findingOf(db, id)
    if (before) throw new Conflict({ key: 'audit.watch.judgedAlready' })
    const done = await db
      .updateTable('watchFinding')
      .set({
        judgement,
        judgedBy: me.id,
        judgedAt: sql<Date>`now()`,
        wordsSealed: sealForProcess(`watch/${id}`, words),
      })
      .where('id', '=', id)
      .where('judgement', 'is', null)
      .executeTakeFirst()
    if (Number(done.numUpdatedRows) === 0) throw new Conflict({ key: 'audit.watch.judgedAlready' })
    return { id, judgement }
  },
)

/** For the first page of whoever judges: how much waits, and whether the rules are gone through at all. */
export async function findingsWaiting(db: Db): Promise<{ waiting: number; silent: boolean }> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from watch_finding where judgement is null`.execute(db)
  return { waiting: rows[0]?.waiting ?? 0, silent: isSilent(await lastRoundOf(db), now()) }
}
