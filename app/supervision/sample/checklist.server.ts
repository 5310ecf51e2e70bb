// What is asked about an entry, in which version, and how does it become another one?
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { command, query } from '../../core/operation.server.ts'
import { versionsIn, writeNext } from '../../recruitment/interview/questions.server.ts'
import type { Question } from '../../recruitment/interview/questions.ts'
import { mostQuestions, WriteChecklist } from './sample.ts'

export const checklistsIn = (db: Db) => versionsIn(db, 'sample_checklist')

/** What was asked in the rounds of a version. */
export async function questionsIn(db: Db, version: number): Promise<Question[]> {
  return (await checklistsIn(db)).find((list) => list.version === version)?.questions ?? []
}

export const openChecklist = query(
  'supervision.checklist.open',
  { roles: ['coordinator', 'supervisor', 'volunteer'], input: z.object({}) },
  checklistsIn,
)

export const writeChecklist = command(
  'supervision.checklist.write',
  { roles: ['coordinator'], input: WriteChecklist, about: () => ({ kind: 'checklist' }) },
  (db, input, me) => writeNext(db, me, 'sample_checklist', mostQuestions, input),
)
