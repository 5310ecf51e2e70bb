// Who was let into which case, who agreed, and was it right?
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { holdersOf } from '../../access/holders.server.ts'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openKept } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { sealReason } from '../identity/reveal.server.ts'
import { leadsOf } from '../tasks.server.ts'
import { ownGlass, reviewDueOn } from './ask.server.ts'
import { AnswerGlass, GlassId, type OwnGlass, ReviewGlass, type WatchedGlass } from './glass.ts'

/** Those who ask, those who agree, those who judge. */
const everyoneConcerned: readonly Role[] = ['lead', 'member', 'supervisor', 'coordinator', 'auditor', 'admin']
const watchers: readonly Role[] = ['lead', 'coordinator', 'auditor', 'admin']

// A row of one's own is told by `glass_mine()`; the policies show the others to those who agree, answer for the case or watch over all, and where
// nobody of them can judge to the administrator.
const watched = (me: Person) => {
  const open = sql`(b.opened_at is not null and b.ended_at is null and b.until > now())`
  const waits = sql`(b.opened_at is null and b.refused_at is null)`
  return sql`
    select b.id, p.name as person, name_then(b.person_id, b.asked_at) as person_then, b.number, n.name as network, b.reason, b.asked_at, b.opened_at, s.name as second_by,
      name_then(b.second_by, b.opened_at) as second_then, b.review_due_on::text,
      case when ${open} then 'open' when b.refused_at is not null then 'refused' when ${waits} and b.asked_at < now() - interval '1 hour' then 'unanswered'
        when ${waits} then 'waits' when b.outcome is not null then b.outcome when b.review_due_on < ${today()}::date then 'late' else 'to-review' end as state,
      auth_in_person() and ${waits} and b.asked_at > now() - interval '1 hour' and ${me.roles.includes('lead') || me.roles.includes('coordinator')} as may_answer,
      b.opened_at is not null and not ${open} and b.reviewed_at is null and glass_judges(b) as may_review
    from break_glass b join person p on p.id = b.person_id join network n on n.id = b.network_id left join person s on s.id = b.second_by
    where b.person_id <> ${me.id}`
}

async function watchedBy(db: Db, me: Person): Promise<WatchedGlass[]> {
  if (!me.roles.some((role) => watchers.includes(role))) return []
  const { rows } =
    await sql<WatchedGlass>`${watched(me)} order by may_answer desc, may_review desc, asked_at desc limit 200`.execute(
      db,
    )
  return rows
}

export type Month = { month: string; opened: number; danger: number; unjustified: number; late: number }

/** Uses by month, the latest first: a way in for emergencies must not become a habit (security.md D17). */
async function monthsOf(db: Db): Promise<Month[]> {
  const { rows } = await sql<Month>`
    select to_char(opened_at at time zone 'Europe/Tallinn', 'YYYY-MM') as month, count(*)::int as opened,
      (count(*) filter (where reason = 'danger'))::int as danger, (count(*) filter (where outcome = 'unjustified'))::int as unjustified,
      (count(*) filter (where coalesce((reviewed_at at time zone 'Europe/Tallinn')::date, ${today()}::date) > review_due_on))::int as late
    from break_glass where opened_at is not null group by 1 order by 1 desc limit 12`.execute(db)
  return rows
}

export const listGlass = query(
  'glass.list',
  {
    roles: everyoneConcerned,
    input: z.object({}),
    about: (_input: unknown, { mine, others }: { mine: OwnGlass[]; others: WatchedGlass[] }) => ({
      kind: 'glass',
      hits: mine.length + others.length,
    }),
  },
  async (db, _input, me) => ({
    mine: await ownGlass(db),
    others: await watchedBy(db, me),
    months: me.roles.includes('auditor') ? await monthsOf(db) : null,
  }),
)
export type GlassFacts = Awaited<ReturnType<typeof listGlass.run>>

/** One request of somebody else with what they wrote, for the one who agrees or judges. */
export const openWatched = query(
  'glass.open',
  { roles: watchers, input: GlassId, about: ({ id }: { id: string }) => ({ kind: 'glass', id }) },
  async (db, { id }, me) => {
    const { rows } = await sql<
      WatchedGlass & {
        wordsSealed: Buffer
        reviewSealed: Buffer | null
        reviewedBy: string | null
        reviewedThen: string | null
      }
    >`
      select l.*, w.words_sealed, w.review_sealed, r.name as reviewed_by, name_then(w.reviewed_by, w.reviewed_at) as reviewed_then
      from (${watched(me)}) l join break_glass w on w.id = l.id left join person r on r.id = w.reviewed_by where l.id = ${id}`.execute(
      db,
    )
    const [glass] = rows
    if (!glass) throw new NotFound()
    return { glass, words: openKept('reason', glass.wordsSealed), review: openKept('reason', glass.reviewSealed) }
  },
)
export type Watched = Awaited<ReturnType<typeof openWatched.run>>

async function mustBeDone(db: Db, id: string, done: boolean | undefined): Promise<void> {
  if (done) return
  const there = await db.selectFrom('breakGlass').select('id').where('id', '=', id).executeTakeFirst()
  throw there ? new Conflict({ key: 'cases.glass.notNow' }) : new NotFound()
}

const aboutGlass = ({ id }: { id: string }) => ({ kind: 'glass', id })

/** The second person: the lead of the case's network, or a coordinator. Silence is never yes. */
export const answerGlass = command(
  'glass.answer',
  { roles: ['lead', 'coordinator'], inPerson: true, input: AnswerGlass, about: aboutGlass },
  async (db, { id, answer }, me) => {
    mustBeFresh(me)
    const due = await reviewDueOn(db)
    const { rows } = await sql<{
      done: boolean
    }>`select glass_answer(${id}::uuid, ${answer === 'yes'}, ${due}::date) as done`.execute(db)
    await mustBeDone(db, id, rows[0]?.done)
  },
)

export const reviewGlass = command(
  'glass.review',
  { roles: ['lead', 'auditor', 'admin'], inPerson: true, input: ReviewGlass, about: aboutGlass },
  async (db, { id, outcome, words }, me) => {
    mustBeFresh(me)
    const { rows } = await sql<{
      done: boolean
    }>`select glass_review(${id}::uuid, ${outcome}, ${sealReason(words)}::bytea) as done`.execute(db)
    await mustBeDone(db, id, rows[0]?.done)
  },
)

export type GlassWaiting = Record<'toAnswer' | 'toReview' | 'late', WatchedGlass[]>

/** For the first page of whoever agrees or judges; `late` is what others should have judged by now. */
export async function glassWaiting(db: Db, me: Person): Promise<GlassWaiting> {
  const all = await watchedBy(db, me)
  return {
    toAnswer: all.filter((one) => one.mayAnswer),
    toReview: all.filter((one) => one.mayReview),
    late: all.filter((one) => one.state === 'late' && !one.mayReview),
  }
}

type ToTell = { id: string; personId: string; networkId: string; caseId: string; opened: boolean; judges: string[] }

/**
 * Whoever may agree, and once somebody was let in whoever answers for the case and for the data (where nobody can, the
 * administrator), is told within the minute: by the process, so that a request about a case that there is takes as long as one about none.
 */
export async function tellOfGlass(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<ToTell>`
      select id, person_id, network_id, case_id, opened_at is not null as opened, glass_to_tell(id) as judges from break_glass where case_id is not null
        and ((opened_at is not null and told_opened_at is null) or (needs_second and told_asked_at is null))`.execute(
      db,
    )
    for (const { id, personId, networkId, caseId, opened, judges } of rows) {
      const leads = await leadsOf(db, networkId)
      const told = opened
        ? [...leads, ...(await holdersOf(db, 'auditor')), ...judges]
        : [...leads, ...(await holdersOf(db, 'coordinator'))]
      for (const person of new Set(told))
        if (person !== personId)
          await mailAbout(db, caseId, person, 'new-task', `glass/${id}/${opened ? 'opened' : 'asked'}/${person}`)
      await sql`update break_glass set told_asked_at = now(), told_opened_at = case when opened_at is not null then now() end where id = ${id}`.execute(
        db,
      )
    }
    return rows.length
  })
}

type Unjudged = { id: string; caseId: string; reviewDueOn: string; judges: string[]; people: (string | null)[] }

/**
 * The working day in which it was to be judged has passed: whoever can judge hears of it once, and from the next working day on the coordinators
 * too, who can ask. Never who used it, nor who agreed.
 */
export async function remindOfReviews(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<Unjudged>`
      select id, case_id, review_due_on::text, glass_to_tell(id) as judges, array[person_id, second_by]::uuid[] as people from break_glass
      where case_id is not null and opened_at is not null and reviewed_at is null and review_due_on < ${today()}::date`.execute(
      db,
    )
    for (const { id, caseId, reviewDueOn, judges, people } of rows) {
      const longer = addWorkingDays(reviewDueOn, 1) < today()
      const told = longer ? [...judges, ...(await holdersOf(db, 'coordinator'))] : judges
      for (const person of new Set(told))
        if (!people.includes(person)) await mailAbout(db, caseId, person, 'reminder', `glass/${id}/late/${person}`)
    }
    return rows.length
  })
}

export const glassReviews: Job = { name: 'glass-reviews', cron: '40 8 * * 1-5', run: remindOfReviews }
export const glassAlarms: Job = { name: 'glass-alarms', cron: '* * * * *', run: tellOfGlass }
