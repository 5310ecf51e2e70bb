// What is this call, what was it before, and how is it put right and ended while what came through it stays?
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { placesIn } from '../../partners/places.server.ts'
import { readers } from '../pipeline/pipeline.server.ts'
import { targetsIn } from '../target/standing.server.ts'
import { type Before, ChangeCampaign, OneCampaign } from './campaign.ts'
import { campaignsIn } from './campaigns.server.ts'

const about = ({ id }: { id: string }) => ({ kind: 'campaign', id })

async function oneOf(db: Db, id: string) {
  const [call] = await campaignsIn(db, id)
  if (!call) throw new NotFound()
  return call
}

async function opened(db: Db, id: string) {
  const call = await oneOf(db, id)
  const { rows: before } = await sql<Before>`
    select w.name, w.source, w.from_on, w.until_on, w.version, w.changed_at, p.name as changed_by
    from campaign_was w join person p on p.id = w.changed_by where w.campaign_id = ${id} order by w.version desc`.execute(
    db,
  )
  const all = await targetsIn(db)
  const target = all.find((one) => one.id === call.targetId) ?? null
  // One that is over may stay, but is not chosen anew.
  const targets = all.filter((one) => !one.ended || one === target)
  return { today: today(), call, before, target, targets, counties: (await placesIn(db)).counties }
}
export type CallOpened = Awaited<ReturnType<typeof opened>>

export const openCampaign = query(
  'recruitment.campaign.open',
  { roles: readers, input: OneCampaign, about },
  (db, { id }) => opened(db, id),
)

/** The words of a call that runs, by whoever has read them; the database keeps what they were. */
export const changeCampaign = command(
  'recruitment.campaign.change',
  { roles: ['coordinator'], input: ChangeCampaign, about },
  async (db, { id, version, target = null, ...words }) => {
    if (words.untilOn < words.fromOn) throw new Invalid({ untilOn: { key: 'volunteers.error.order' } })
    const { targets, call } = await opened(db, id)
    if (target && !targets.some((one) => one.id === target)) throw new Invalid({ target: { key: 'core.error.choose' } })
    if (call.endedOn) throw new Conflict({ key: 'recruitment.campaign.endedAlready' })
    const done = await db
      .updateTable('campaign')
      .set({ ...words, targetId: target })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('endedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!done) throw new Conflict({ key: 'core.error.overtaken' })
    return { id }
  },
)

/** From now on nobody is counted as having come through it; its link still leads to the form. */
export const endCampaign = command(
  'recruitment.campaign.end',
  { roles: ['coordinator'], input: OneCampaign, about },
  async (db, { id }, me) => {
    await oneOf(db, id)
    const done = await db
      .updateTable('campaign')
      .set({ endedBy: me.id, endedAt: sql<Date>`now()` })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!done) throw new Conflict({ key: 'recruitment.campaign.endedAlready' })
    return { id }
  },
)
