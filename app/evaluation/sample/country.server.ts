// How go the rounds of review of the whole country, and what came of them, without a word of any entry?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { questionsIn } from '../../supervision/sample/checklist.server.ts'
import { endedOf } from '../../supervision/sample/list.server.ts'
import {
  aboutRound,
  progressOf,
  type Round,
  remindOf,
  roundOf,
  roundsIn,
} from '../../supervision/sample/rounds.server.ts'
import { RoundId } from '../../supervision/sample/sample.ts'
import { type Count, publishSample } from './publish.ts'

const ofCountry = (rounds: readonly Round[]) => rounds.filter(({ supervisorId }) => supervisorId === null)

export const listCountry = query(
  'evaluation.sample.list',
  {
    roles: ['coordinator'],
    input: z.object({}),
    about: (_: unknown, { rounds }: { rounds: Round[] }) => ({ kind: 'sample', hits: rounds.length }),
  },
  async (db) => {
    const rounds = ofCountry(await roundsIn(db))
    return { today: today(), rounds, ended: await endedOf(db, rounds) }
  },
)

export const openCountry = query(
  'evaluation.sample.open',
  { roles: ['coordinator'], input: RoundId, about: aboutRound },
  async (db, input) => {
    const round = await roundOf(db, input.round)
    const questions = await questionsIn(db, round.checklist)
    return { today: today(), round, questions, progress: await progressOf(db, round.id) }
  },
)

/** Ends what is over – its last day has passed, or everything was looked at – and publishes what may be told; reminds on the last day. */
export async function publishRounds(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    let done = 0
    for (const round of await roundsIn(db)) {
      if (round.endedAt === null && (await isOver(db, round)))
        await sql`select sample_end(${round.id}::uuid)`.execute(db)
      else if (round.endedAt === null) {
        await remindOf(db, round)
        continue
      }
      if (round.supervisorId === null && round.figures === null) done += Number(await publish(db, round))
    }
    return done
  })
}

// A supervisor ends her own herself; on its last day everybody's does.
async function isOver(db: Db, round: Round): Promise<boolean> {
  if (round.dueOn < today()) return true
  return round.supervisorId === null && (await progressOf(db, round.id)).every(({ given, looked }) => given === looked)
}

async function publish(db: Db, round: Round): Promise<boolean> {
  const { rows: counts } = await sql<Count>`select * from sample_counts(${round.id}::uuid)`.execute(db)
  const { smallCount: threshold } = await settingsOn(db)
  const questions = await questionsIn(db, round.checklist)
  const figures = publishSample(counts, questions.length, { volunteers: round.volunteers, threshold })
  const { rows } = await sql<{ done: boolean }>`
    select sample_publish(${round.id}::uuid, ${JSON.stringify(figures)}::jsonb, ${threshold}::int) as done`.execute(db)
  return rows[0]?.done === true
}

export const samplesPublished: Job = { name: 'samples.published', cron: '*/10 * * * *', run: publishRounds }
