// Which calls for volunteers are there, who came through each, and how many of them became active?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { placesIn } from '../../partners/places.server.ts'
import { readers } from '../pipeline/pipeline.server.ts'
import { targetsIn } from '../target/standing.server.ts'
import { AddCampaign, type Campaign, NewCampaign, type Reached } from './campaign.ts'

// Whoever was ever in a stage has reached it, whatever came after.
const reached = sql<Reached>`count(a.id)::int as came,
  (count(a.id) filter (where exists (select from volunteer_status s where s.volunteer_id = a.volunteer_id and s.status = 'interview')))::int as talked,
  (count(a.id) filter (where exists (select from volunteer_status s where s.volunteer_id = a.volunteer_id and s.status = 'active')))::int as active`

/** All, or one. */
export async function campaignsIn(db: Db, only?: string): Promise<Campaign[]> {
  const { rows } = await sql<Campaign>`
    select c.id, c.name, c.code, c.source, c.from_on, c.until_on, c.target_id, c.version,
      (c.ended_at at time zone 'Europe/Tallinn')::date as ended_on, ${reached}
    from campaign c left join application a on a.campaign_id = c.id
    where ${only ?? null}::uuid is null or c.id = ${only ?? null} group by c.id order by c.until_on desc, c.name`.execute(
    db,
  )
  return rows
}

/** The same by where people heard of it, whether through a call or not. */
async function sourcesIn(db: Db): Promise<(Reached & { source: string })[]> {
  const { rows } = await sql<Reached & { source: string }>`
    select a.source, ${reached} from application a group by a.source order by count(a.id) desc, a.source`.execute(db)
  return rows
}

async function list(db: Db) {
  return { today: today(), campaigns: await campaignsIn(db), sources: await sourcesIn(db) }
}
export type Found = Awaited<ReturnType<typeof list>>

export const listCampaigns = query(
  'recruitment.campaign.list',
  {
    roles: readers,
    input: z.object({}),
    about: (_, found: Found) => ({ kind: 'campaign', hits: found.campaigns.length }),
  },
  list,
)

export const openNewCampaign = query(
  'recruitment.campaign.new',
  { roles: ['coordinator'], input: NewCampaign },
  async (db, { target }) => ({
    today: today(),
    counties: (await placesIn(db)).counties,
    target: target ? ((await targetsIn(db, target))[0] ?? null) : null,
  }),
)
export type NewCall = Awaited<ReturnType<typeof openNewCampaign.run>>

export const addCampaign = command(
  'recruitment.campaign.add',
  {
    roles: ['coordinator'],
    input: AddCampaign,
    about: (_, made: { id: string; targetId: string | null }) => ({ kind: 'campaign', id: made.id }),
  },
  async (db, { target, ...input }, me) => {
    if (input.untilOn < input.fromOn) throw new Invalid({ untilOn: { key: 'volunteers.error.order' } })
    const taken = await db.selectFrom('campaign').select('id').where('code', '=', input.code).executeTakeFirst()
    if (taken) throw new Invalid({ code: { key: 'recruitment.error.codeTaken', args: { code: input.code } } })
    if (target && (await targetsIn(db, target)).length === 0) throw new NotFound()
    return db
      .insertInto('campaign')
      .values({ ...input, targetId: target ?? null, createdBy: me.id })
      .returning(['id', 'targetId'])
      .executeTakeFirstOrThrow()
  },
)
