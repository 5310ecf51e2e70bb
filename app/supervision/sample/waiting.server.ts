// What of the rounds waits for me: entries to look at, and what was found and is to be spoken of with somebody?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import type { Person } from '../../core/user.ts'
import type { Question } from '../../recruitment/interview/questions.ts'
import { lookOf } from './looks.server.ts'
import { findingsIn } from './sample.ts'

export type Waiting = { id: string; left: number; dueOn: string }

/** Rounds that run with so many entries that the person who asks has still to look at, the one that is due first. */
export async function samplesWaiting(db: Db, me: Person): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select r.id, r.due_on, count(*)::int as left from sample_round r join sample_entry e on e.round_id = r.id
      join visit v on v.id = e.visit_id join volunteer w on w.id = e.volunteer_id
    where r.ended_at is null and e.drawn_as is not null and e.case_id = any ((select auth_supervised())::uuid[])
      and v.recorded_by <> ${me.id} and w.person_id is distinct from ${me.id} and w.name <> w.code
      and not exists (select from sample_look l where l.entry_id = e.id)
    group by r.id, r.due_on order by r.due_on`.execute(db)
  return rows
}

type Row = {
  id: string
  caseId: string
  roundId: string
  name: string
  number: string
  onDate: string
  questions: Question[]
}
export type Topic = Omit<Row, 'questions'> & { findings: ReturnType<typeof findingsIn> }

/** What was found and is to be spoken of with one of these, until somebody has sat with her after it was put there. */
export async function topicsWith(db: Db, volunteers: readonly string[]): Promise<Topic[]> {
  const { rows } = await sql<Row>`
    select e.id, e.case_id, e.round_id, w.name, v.number, v.on_date, c.questions
    from sample_topic t join sample_entry e on e.id = t.entry_id join sample_round r on r.id = e.round_id join sample_checklist c on c.version = r.checklist
      join visit v on v.id = e.visit_id join volunteer w on w.id = t.volunteer_id
    where t.volunteer_id = any (${[...volunteers]}::uuid[]) and not exists (
      select from supervision_participant p join supervision_session s on s.id = p.session_id left join supervision_note n on n.session_id = s.id
      where p.volunteer_id = t.volunteer_id and p.attended and s.kind <> 'covision'
        and (n.written_at > t.put_at or s.held_on > (t.put_at at time zone 'Europe/Tallinn')::date))
    order by v.on_date`.execute(db)
  const topics: Topic[] = []
  for (const { questions, ...row } of rows) {
    const look = await lookOf(db, row)
    topics.push({ ...row, findings: look ? findingsIn(questions, look) : [] })
  }
  return topics
}
