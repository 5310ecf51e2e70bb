// What have we set out to find or train, and who sets and ends it?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { placesIn } from '../../partners/places.server.ts'
import { campaignsIn } from '../campaign/campaigns.server.ts'
import { readers } from '../pipeline/pipeline.server.ts'
import { targetsIn } from './standing.server.ts'
import { EndTarget, NewTarget, OneTarget, SetTarget } from './target.ts'

async function list(db: Db) {
  return { today: today(), targets: await targetsIn(db), counties: (await placesIn(db)).counties }
}
export type TargetsFound = Awaited<ReturnType<typeof list>>

export const listTargets = query(
  'recruitment.target.list',
  {
    roles: readers,
    input: z.object({}),
    about: (_, found: TargetsFound) => ({ kind: 'target', hits: found.targets.length }),
  },
  list,
)

export const openNewTarget = query(
  'recruitment.target.new',
  { roles: ['coordinator'], input: NewTarget },
  async (db, given) => ({ today: today(), given, counties: (await placesIn(db)).counties }),
)
export type TargetDraft = Awaited<ReturnType<typeof openNewTarget.run>>

export const setTarget = command(
  'recruitment.target.set',
  {
    roles: ['coordinator'],
    input: SetTarget,
    about: (_, made: { id: string }) => ({ kind: 'target', id: made.id }),
  },
  async (db, { counties, needs, fitting: fit, places, ...input }, me) => {
    if (input.byOn < today()) throw new Invalid({ byOn: { key: 'recruitment.target.past' } })
    const known = new Set((await placesIn(db)).counties.map(({ code }) => code))
    if (!counties.every((code) => known.has(code))) throw new Invalid({ counties: { key: 'core.error.choose' } })
    // Of the gap all is known or nothing.
    const gap = needs && fit !== undefined && places !== undefined ? { needs, fitting: fit, places } : {}
    return db
      .insertInto('recruitingTarget')
      .values({ ...input, ...gap, countyCodes: counties, setBy: me.id })
      .returning('id')
      .executeTakeFirstOrThrow()
  },
)

async function opened(db: Db, id: string) {
  const [target] = await targetsIn(db, id)
  if (!target) throw new NotFound()
  const campaigns = (await campaignsIn(db)).filter(({ targetId }) => targetId === id)
  return { today: today(), target, campaigns, counties: (await placesIn(db)).counties }
}
export type TargetOpened = Awaited<ReturnType<typeof opened>>

export const openTarget = query(
  'recruitment.target.open',
  { roles: readers, input: OneTarget, about: ({ id }) => ({ kind: 'target', id }) },
  (db, { id }) => opened(db, id),
)

export const endTarget = command(
  'recruitment.target.end',
  { roles: ['coordinator'], input: EndTarget, about: ({ id }) => ({ kind: 'target', id }) },
  async (db, { id, why }, me) => {
    const done = await db
      .updateTable('recruitingTarget')
      .set({ endedBy: me.id, endedAt: sql`now()`, endedWhy: why })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (done) return
    if (await db.selectFrom('recruitingTarget').select('id').where('id', '=', id).executeTakeFirst())
      throw new Conflict({ key: 'recruitment.target.endedAlready' })
    throw new NotFound()
  },
)
