// How is an interview held by the guide in force, and how does the guide become another one?
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, keepVault, type Place } from '../../core/seal.server.ts'
import { formatDate } from '../../i18n/format.ts'
import { readers, wayOf } from '../pipeline/pipeline.server.ts'
import { answerField, type Conclusion, HoldInterview, mostQuestions, WriteGuide } from './interview.ts'
import { versionsIn, writeNext } from './questions.server.ts'
import type { Questions } from './questions.ts'

const about = (input: { id: string }) => ({ kind: 'application', id: input.id })
const answersPlace = (row: string): Place => ({ table: 'interview', column: 'answers_sealed', row })

const guidesIn = (db: Db) => versionsIn(db, 'interview_guide')

/** What the form of an interview stands on: somebody on the way, and the questions of today. */
export const openInterviewForm = query(
  'recruitment.interview.new',
  { roles: ['coordinator'], input: z.object({ id: id() }), about },
  async (db, input) => {
    const way = await wayOf(db, input.id)
    if (!way) throw new NotFound()
    const [guide] = await guidesIn(db)
    return { id: input.id, name: way.name ?? way.code, guide, today: today() }
  },
)

export const holdInterview = command(
  'recruitment.interview.add',
  { roles: ['coordinator'], input: HoldInterview, about },
  async (db, input, me) => {
    const { id: volunteerId, guide, heldOn, conclusion } = input
    if (!(await wayOf(db, volunteerId))) throw new NotFound()
    const asked = (await guidesIn(db)).find(({ version }) => version === guide)
    if (!asked) throw new Conflict({ key: 'recruitment.guide.changed' })
    if (heldOn > today())
      throw new Invalid({ heldOn: { key: 'volunteers.error.future', args: { date: formatDate(heldOn) } } })
    const typed = input as Record<string, unknown>
    const answers = asked.questions.map((_, nth) => String(typed[answerField(nth)] ?? ''))
    if (answers.every((answer) => answer === '')) throw new Invalid({ answer1: { key: 'core.error.missing' } })
    const vault = await keepVault(db, { kind: 'volunteer', id: volunteerId })
    const row = randomUUID()
    const sealed = vault.seal(answersPlace(row), JSON.stringify(answers))
    await db
      .insertInto('interview')
      .values({ id: row, volunteerId, guide, heldOn, conclusion, answersSealed: sealed, recordedBy: me.id })
      .execute()
    return { id: volunteerId }
  },
)

export type Interview = {
  id: string
  heldOn: string
  conclusion: Conclusion
  by: string
  guide: Questions
  /** One for each question of its guide; nothing where the words or the key are gone. */
  answers: string[] | null
}

/** The interviews with somebody, each by the guide of its day; none for whoever may not read them. */
export async function interviewsOf(db: Db, volunteer: string): Promise<Interview[]> {
  const rows = await db
    .selectFrom('interview')
    .innerJoin('person', 'person.id', 'recordedBy')
    .select(['interview.id', 'heldOn', 'conclusion', 'guide', 'answersSealed', 'person.name as by'])
    .where('volunteerId', '=', volunteer)
    .orderBy('recordedAt')
    .execute()
  if (rows.length === 0) return []
  const vault = await findVault(db, volunteer)
  const guides = await guidesIn(db)
  return rows.flatMap(({ answersSealed, guide: version, ...row }) => {
    const guide = guides.find((one) => one.version === version)
    const answers =
      vault && answersSealed ? (JSON.parse(vault.open(answersPlace(row.id), answersSealed)) as string[]) : null
    return guide ? [{ ...row, conclusion: row.conclusion as Conclusion, guide, answers }] : []
  })
}

export const openGuide = query('recruitment.guide.open', { roles: readers, input: z.object({}) }, guidesIn)

export const writeGuide = command(
  'recruitment.guide.write',
  { roles: ['coordinator'], input: WriteGuide, about: () => ({ kind: 'guide' }) },
  (db, input, me) => writeNext(db, me, 'interview_guide', mostQuestions, input),
)
