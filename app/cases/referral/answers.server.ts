// Where do the answers of a journey wait until it is sent? On the server, sealed, for the one who types them.
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { Answers } from './referral.ts'

const address = (journey: string) => `/cases/new/${journey}`
const useOf = (me: Person, journey: string) => `referral/${me.id}/${journey}`

/** Keeps what has been answered so far; a journey of 30 days is forgotten like every draft. */
export async function keepAnswers(db: Db, me: Person, journey: string, answers: Answers): Promise<void> {
  const valuesSealed = sealForProcess(useOf(me, journey), JSON.stringify(answers))
  await db
    .insertInto('draft')
    .values({ personId: me.id, form: address(journey), valuesSealed })
    .onConflict((clash) =>
      clash.columns(['personId', 'form']).doUpdateSet({ valuesSealed, updatedAt: sql<Date>`now()` }),
    )
    .execute()
}

/** NotFound where this person has no such journey, or has had it for more than 30 days. */
export async function openAnswers(db: Db, me: Person, journey: string): Promise<Answers> {
  const row = await db
    .selectFrom('draft')
    .select('valuesSealed')
    .where('personId', '=', me.id)
    .where('form', '=', address(journey))
    .where('updatedAt', '>', sql<Date>`now() - interval '30 days'`)
    .executeTakeFirst()
  if (!row) throw new NotFound()
  return Answers.parse(JSON.parse(openForProcess(useOf(me, journey), row.valuesSealed)))
}

/** Forgets the journey and whatever its pages had saved while somebody was typing. */
export async function dropAnswers(db: Db, me: Person, journey: string): Promise<void> {
  await db
    .deleteFrom('draft')
    .where('personId', '=', me.id)
    .where('form', 'like', `${address(journey)}%`)
    .execute()
}

/** Journeys that this person has begun and not sent, the latest first. */
export async function listJourneys(db: Db, me: Person): Promise<{ id: string; updatedAt: Date }[]> {
  const rows = await db
    .selectFrom('draft')
    .select(['form', 'updatedAt'])
    .where('personId', '=', me.id)
    .where('form', '~', '^/cases/new/[0-9a-f-]{36}$')
    .where('updatedAt', '>', sql<Date>`now() - interval '30 days'`)
    .orderBy('updatedAt', 'desc')
    .execute()
  return rows.map(({ form, updatedAt }) => ({ id: form.slice(-36), updatedAt }))
}
