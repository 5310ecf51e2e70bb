// Which limits has a support person told of, and who tells them?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { placesIn } from '../../partners/places.server.ts'
import { replaceAreas } from '../records.server.ts'
import { areasFrom } from './areas.server.ts'
import { type Limits, noLimits, TellLimits } from './limits.ts'

const about = (_: unknown, output: { id: string }) => ({ kind: 'volunteer', id: output.id })

/** What each of these said last; whoever said nothing has no limits. */
export async function limitsOf(db: Db, volunteerIds: readonly string[] | 'all'): Promise<Map<string, Limits>> {
  const rows = await db
    .selectFrom('volunteerLimit')
    .distinctOn('volunteerId')
    .select(['volunteerId', 'reach', 'hours', 'refuses'])
    .$if(volunteerIds !== 'all', (some) => some.where('volunteerId', '=', sql<string>`any(${volunteerIds}::uuid[])`))
    .orderBy('volunteerId')
    .orderBy('toldAt', 'desc')
    .execute()
  return new Map(rows.map(({ volunteerId, ...limits }) => [volunteerId, limits as Limits]))
}

export const limitsOfOne = async (db: Db, volunteerId: string): Promise<Limits> =>
  (await limitsOf(db, [volunteerId])).get(volunteerId) ?? noLimits

const known = (db: Db) => db.selectFrom('volunteer').select(['id', 'name', 'countyCode', 'municipalityCode'])

async function opened(db: Db, row: Awaited<ReturnType<ReturnType<typeof known>['executeTakeFirstOrThrow']>>) {
  const areas = await db
    .selectFrom('volunteerArea')
    .select(['countyCode as county', 'municipalityCode as municipality'])
    .where('volunteerId', '=', row.id)
    .orderBy('countyCode')
    .orderBy('municipalityCode')
    .execute()
  return { ...row, areas, limits: await limitsOfOne(db, row.id), places: await placesIn(db) }
}
export type Opened = Awaited<ReturnType<typeof opened>>

export const openOwnLimits = query(
  'volunteer.limits.own',
  { roles: ['volunteer'], input: z.object({}), about },
  async (db, _, me) => opened(db, await known(db).where('personId', '=', me.id).executeTakeFirstOrThrow()),
)

export const openLimits = query(
  'volunteer.limits.open',
  { roles: ['coordinator'], input: z.object({ id: id() }), about },
  async (db, { id }) => opened(db, await known(db).where('id', '=', id).executeTakeFirstOrThrow()),
)

/** What was said before stays known; matching goes by the last word. */
export const tellLimits = command(
  'volunteer.limits.tell',
  { roles: ['coordinator', 'volunteer'], input: TellLimits, about },
  async (db, input, me) => {
    const { id: volunteerId, reach, hours, refuses } = input
    const row = await known(db).where('id', '=', volunteerId).executeTakeFirstOrThrow()
    const areas = await areasFrom(db, { ...input, county: row.countyCode, municipality: row.municipalityCode })
    await db.insertInto('volunteerLimit').values({ volunteerId, reach, hours, refuses, toldBy: me.id }).execute()
    await replaceAreas(db, volunteerId, areas)
    return { id: volunteerId, keeps: me.roles.includes('coordinator') }
  },
)
