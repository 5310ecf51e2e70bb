// Which versions of a list of questions are there, and how does the next one follow the newest?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { type Questions, questionsFrom, type WriteQuestions } from './questions.ts'

/** The tables that hold one list each, a row a version. */
type List = 'interview_guide' | 'sample_checklist'

/** Every version, the newest first. */
export async function versionsIn(db: Db, list: List): Promise<[Questions, ...Questions[]]> {
  const { rows } = await sql<Questions>`
    select q.version, q.questions, q.created_at, p.name as by from ${sql.table(list)} q left join person p on p.id = q.created_by
    order by q.version desc`.execute(db)
  const [newest, ...older] = rows
  if (!newest) throw new NotFound()
  return [newest, ...older]
}

/** The next version; the older ones stay for what was answered by them. */
export async function writeNext(db: Db, me: Person, list: List, most: number, input: WriteQuestions) {
  const { version, ...typed } = input
  const [newest] = await versionsIn(db, list)
  if (newest.version !== version) throw new Conflict()
  const questions = questionsFrom(typed)
  if (!Array.isArray(questions)) {
    const { locale, count, of } = questions
    throw new Invalid({ [locale]: { key: 'recruitment.guide.uneven', args: { count, of } } })
  }
  if (questions.length > most) throw new Invalid({ et: { key: 'recruitment.guide.tooMany', args: { most } } })
  await sql`insert into ${sql.table(list)} (version, questions, created_by)
    values (${version + 1}, ${JSON.stringify(questions)}::jsonb, ${me.id})`.execute(db)
  return { version: version + 1 }
}
