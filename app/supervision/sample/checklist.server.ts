// What is asked about an entry, in which version, and how does it become another one?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { questionsFrom } from '../../recruitment/interview/interview.ts'
import { type Checklist, mostQuestions, WriteChecklist } from './sample.ts'

/** Every version, the newest first. */
export async function checklistsIn(db: Db): Promise<[Checklist, ...Checklist[]]> {
  const { rows } = await sql<Checklist>`
    select c.version, c.questions, c.created_at, p.name as by from sample_checklist c left join person p on p.id = c.created_by
    order by c.version desc`.execute(db)
  const [newest, ...older] = rows
  if (!newest) throw new NotFound()
  return [newest, ...older]
}

export const openChecklist = query(
  'supervision.checklist.open',
  { roles: ['coordinator', 'supervisor', 'volunteer'], input: z.object({}) },
  async (db) => checklistsIn(db),
)

/** The next version; the older ones stay for what was answered by them. */
export const writeChecklist = command(
  'supervision.checklist.write',
  { roles: ['coordinator'], input: WriteChecklist, about: () => ({ kind: 'checklist' }) },
  async (db, { version, ...typed }, me) => {
    const [newest] = await checklistsIn(db)
    if (newest.version !== version) throw new Conflict({ key: 'recruitment.guide.changed' })
    const questions = questionsFrom(typed)
    if (!Array.isArray(questions)) {
      const { locale, count, of } = questions
      throw new Invalid({ [locale]: { key: 'recruitment.guide.uneven', args: { count, of } } })
    }
    if (questions.length > mostQuestions)
      throw new Invalid({ et: { key: 'recruitment.guide.tooMany', args: { most: mostQuestions } } })
    await sql`insert into sample_checklist (version, questions, created_by)
      values (${version + 1}, ${JSON.stringify(questions)}::jsonb, ${me.id})`.execute(db)
    return { version: version + 1 }
  },
)
