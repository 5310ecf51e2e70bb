// Which versions of the questionnaire are there, and how does a new one come into force?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../../../access/fresh.ts'
import { today } from '../../../core/clock.server.ts'
import type { Db } from '../../../core/db.server.ts'
import { Invalid } from '../../../core/errors.ts'
import { mustHaveRead } from '../../../core/form/seen.ts'
import { command, query } from '../../../core/operation.server.ts'
import type { Role } from '../../../core/user.ts'
import { instrumentNow } from '../assessments.server.ts'
import { type Question, Questions } from '../instrument.ts'
import { AddVersion, askedIn, judgeVersion, places } from './questionnaire.ts'

/** Whoever reads the settings reads this too; those who run the service write it. */
const readers: readonly Role[] = ['coordinator', 'admin', 'manager', 'auditor']
const writers: readonly Role[] = ['coordinator', 'admin']

async function versionsOf(db: Db) {
  const rows = await db
    .selectFrom('instrument')
    .selectAll()
    .orderBy('validFrom', 'desc')
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, questions: Questions.parse(row.questions) }))
}

export const listQuestionnaires = query(
  'instrument.list',
  {
    roles: readers,
    input: z.object({}),
    about: (_input: unknown, output: { versions: readonly unknown[] }) => ({
      kind: 'instrument',
      hits: output.versions.length,
    }),
  },
  async (db) => ({ versions: await versionsOf(db), now: (await instrumentNow(db)).id }),
)

/** The newest version, from which the next is made: what is in force, or what is coming. */
export const openQuestionnaire = query('instrument.open', { roles: writers, input: z.object({}) }, async (db) => {
  const [newest] = await versionsOf(db)
  return { newest: newest ?? (await instrumentNow(db)), today: today() }
})

/** A new version, from a day on. What was assessed before keeps its own questions and thresholds (R2). */
export const addQuestionnaire = command(
  'instrument.add',
  {
    roles: writers,
    inPerson: true,
    input: AddVersion,
    // Of two who make the next one from the same, the second is told and shown what the first has made.
    oneByOne: () => 'instrument',
    about: (_input: unknown, output: { id: string }) => ({ kind: 'instrument', id: output.id }),
  },
  async (db, input, me) => {
    mustBeFresh(me)
    if (input.validFrom < today()) throw new Invalid({ validFrom: { key: 'core.setting.past' } })
    const [newest] = await versionsOf(db)
    mustHaveRead(input.seen, newest?.id ?? null)
    const problems = judgeVersion(input)
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    const questions = askedIn(input).map(named)
    const { name, validFrom, highFrom, mediumFrom, escalationFrom, note } = input
    const { version } = await db
      .selectFrom('instrument')
      .select(({ fn }) => fn.max('version').as('version'))
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    const id = randomUUID()
    await db
      .insertInto('instrument')
      .values({
        ...{ id, name, validFrom, highFrom, mediumFrom, escalationFrom, note, version: (version ?? 0) + 1 },
        questions: sql`${JSON.stringify(questions)}::jsonb`,
      })
      .execute()
    return { id }
  },
)

/** A question that was not asked before gets a name of its own, of letters alone. */
function named(question: Question): Question {
  if (!(places as readonly string[]).includes(question.id)) return question
  const letters = randomUUID().replaceAll('-', '').slice(0, 12)
  return { ...question, id: `q_${letters.replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'g')}` }
}
