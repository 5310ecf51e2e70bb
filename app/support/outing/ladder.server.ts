// Who climbs the ladder when no sign comes, and how does it end?
import { sql } from 'kysely'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { AnswerOuting, isDrill } from './outing.ts'
import { aboutOuting, findOuting, keyOf, sealWords } from './outings.server.ts'

/** Every minute; each step is taken once, however many do it at a time (outing_climb). */
export const laddersClimb: Job = { name: 'outings.climb', cron: '* * * * *', run: climb }

export async function climb(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ climbed: number }>`select outing_climb() as climbed`.execute(db)
    return rows[0]?.climbed ?? 0
  })
}

/** She was reached and is safe, or help was called; in a drill that the word has come. */
export const answerOuting = command(
  'support.outing.answer',
  { roles: ['supervisor', 'coordinator'], input: AnswerOuting, about: aboutOuting },
  async (db, { id, how, note }, me) => {
    const outing = await findOuting(db, me, id)
    // Whoever has called for help says what was agreed: the next one reads it.
    if (how === 'called' && !note && !isDrill(outing)) throw new Invalid({ note: { key: 'support.outing.noteNeeded' } })
    const sealed = note && !isDrill(outing) ? sealWords(id, 'note', note) : null
    const { rows } = await sql<{
      told: string
    }>`select outing_answer(${id}::uuid, ${how}, ${sealed}::bytea) as told`.execute(db)
    if (rows[0]?.told === 'over') throw new Conflict({ key: 'support.outing.isOver' })
    if (rows[0]?.told !== 'done') throw new NotFound()
    return { of: keyOf(outing), drill: isDrill(outing) }
  },
)
