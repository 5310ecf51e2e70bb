// How is a talk with somebody who leaves written down, and who reads it?
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, keepVault, type Place } from '../../core/seal.server.ts'
import { formatDate } from '../../i18n/format.ts'
import { isStage, type Status } from '../../volunteers/volunteer.ts'
import { type Back, ExitAnswers, HoldExit } from './exit.ts'

const coordinator = { roles: ['coordinator'] } as const
const about = (input: { id: string }) => ({ kind: 'volunteer', id: input.id })
const answersPlace = (row: string): Place => ({ table: 'exit_talk', column: 'answers_sealed', row })

/** Somebody who works, pauses or has left; of whoever is only on the way in there is nothing to look back on. */
async function leaving(db: Db, volunteer: string) {
  const row = await db
    .selectFrom('volunteer')
    .select(['id', 'name', 'status'])
    .where('id', '=', volunteer)
    .executeTakeFirstOrThrow()
  if (isStage(row.status as Status)) throw new NotFound()
  return row
}

export const openExit = query(
  'paper.exit.new',
  { ...coordinator, input: z.object({ id: id() }), about },
  async (db, input) => ({ ...(await leaving(db, input.id)), today: today() }),
)

/** Written once; it stays as it was said. */
export const holdExit = command('paper.exit.add', { ...coordinator, input: HoldExit, about }, async (db, input, me) => {
  const { id: volunteerId, heldOn, back, good, hard, better = null } = input
  await leaving(db, volunteerId)
  if (heldOn > today())
    throw new Invalid({ heldOn: { key: 'volunteers.error.future', args: { date: formatDate(heldOn) } } })
  const vault = await keepVault(db, { kind: 'volunteer', id: volunteerId })
  const row = randomUUID()
  const answersSealed = vault.seal(answersPlace(row), JSON.stringify({ good, hard, better } satisfies ExitAnswers))
  await db
    .insertInto('exitTalk')
    .values({ id: row, volunteerId, heldOn, back, answersSealed, recordedBy: me.id })
    .execute()
  return { id: volunteerId }
})

export type ExitTalk = { id: string; heldOn: string; back: Back; by: string | null; answers: ExitAnswers | null }

/** What was said, the newest first; without the words where they or the key are gone. */
export async function exitsOf(db: Db, volunteer: string): Promise<ExitTalk[]> {
  const rows = await db
    .selectFrom('exitTalk')
    .leftJoin('person', 'person.id', 'recordedBy')
    .select(['exitTalk.id', 'heldOn', 'back', 'answersSealed', 'person.name as by'])
    .where('volunteerId', '=', volunteer)
    .orderBy('recordedAt', 'desc')
    .execute()
  if (rows.length === 0) return []
  const vault = await findVault(db, volunteer)
  return rows.map(({ answersSealed, ...row }) => ({
    ...{ ...row, back: row.back as Back },
    answers:
      vault && answersSealed ? ExitAnswers.parse(JSON.parse(vault.open(answersPlace(row.id), answersSealed))) : null,
  }))
}
