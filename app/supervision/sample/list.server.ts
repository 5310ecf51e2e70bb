// Which rounds does somebody who guides know of, how far has she come in each, and what came of those that are over?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { checklistsIn } from './checklist.server.ts'
import { type Round, roundsIn } from './rounds.server.ts'
import type { Ended } from './sample.ts'

export type Listed = Round & { supervisor: string | null; given: number; looked: number }

/** Rounds that are over and of which something may be told, each with the questions of its day. */
export async function endedOf(db: Db, rounds: readonly Round[]): Promise<Ended[]> {
  const lists = await checklistsIn(db)
  return rounds.flatMap((round) => {
    const questions = lists.find(({ version }) => version === round.checklist)?.questions ?? []
    return round.figures ? [{ ...round, figures: round.figures, questions }] : []
  })
}

export const listRounds = query(
  'supervision.sample.list',
  {
    roles: ['supervisor'],
    input: z.object({}),
    about: (_: unknown, { rounds }: { rounds: Listed[] }) => ({ kind: 'sample', hits: rounds.length }),
  },
  async (db, _, me) => {
    const all = await roundsIn(db)
    const { rows } = await sql<{ roundId: string; given: number; looked: number }>`
      select e.round_id, count(*)::int as given,
        (count(*) filter (where exists (select from sample_look l where l.entry_id = e.id)))::int as looked
      from sample_entry e where e.drawn_as is not null group by e.round_id`.execute(db)
    const names = await sql<{ id: string; name: string }>`
      select distinct p.id, p.name from sample_round r join person p on p.id = r.supervisor_id where p.id <> ${me.id}`.execute(
      db,
    )
    const nameOf = new Map(names.rows.map(({ id, name }) => [id, name]))
    const rounds = all.map((round): Listed => {
      const own = rows.find(({ roundId }) => roundId === round.id)
      const supervisor = round.supervisorId ? (nameOf.get(round.supervisorId) ?? null) : null
      return { ...round, supervisor, given: own?.given ?? 0, looked: own?.looked ?? 0 }
    })
    const mine = all.filter(({ supervisorId }) => supervisorId === me.id)
    return { today: today(), rounds, ended: await endedOf(db, mine) }
  },
)
