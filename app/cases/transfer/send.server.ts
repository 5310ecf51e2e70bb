// How does the lead of a network ask another one to take a case over, and what goes with it?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, type CaseHead, caseHead } from '../case-file.server.ts'
import { leadsOf } from '../tasks.server.ts'
import { wallOff } from './people.server.ts'
import { type Lack, OpenTransfer } from './transfer.ts'

/** What goes over, as the database finds it: nothing here is typed by anybody. */
export type Pack = {
  assessedOn: string | null
  contactOn: string | null
  childCount: number
  childrenToldOn: string | null
  adults: number
  actions: { owner: string; count: number; late: number }[]
  meetingOn: string | null
  decisions: number
}

async function packOf(db: Db, caseId: string): Promise<Pack> {
  const { rows } = await sql<Pack>`select
    (select max(a.made_on) from assessment a where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null) as assessed_on,
    (select max((w.recorded_at at time zone 'Europe/Tallinn')::date) from whereabouts_of(c.id) w where w.kind = 'safe_contact') as contact_on,
    c.child_count, c.children_told_on, (select count(*)::int from people_of(c.id) p where p.kind = 'adult') as adults,
    (select coalesce(json_agg(json_build_object('owner', o.name, 'count', o.count, 'late', o.late) order by o.name), '[]') from (
      select coalesce(p.name, '–') as name, count(*)::int as count, (count(*) filter (where a.due_on < ${today()}::date))::int as late
      from case_action a left join person p on p.id = a.owner_id where a.case_id = c.id and a.state = 'open' group by 1) o) as actions,
    (select min(m.on_date) from agenda_item i join meeting m on m.id = i.meeting_id
      where i.case_id = c.id and i.removed_at is null and m.phase in ('planned', 'closed')) as meeting_on,
    (select count(*)::int from case_decision d where d.case_id = c.id and d.superseded_at is null) as decisions
    from case_file c where c.id = ${caseId}`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

async function lacksOf(db: Db, caseId: string): Promise<Lack[]> {
  return (await sql<Lack>`select * from transfer_lacks(${caseId}::uuid) order by blocks desc, kind`.execute(db)).rows
}

// Its lead, and of no other network.
async function givenHead(db: Db, me: Person, id: string): Promise<CaseHead> {
  const head = await caseHead(db, me, id)
  const { rows } = await sql<{ led: boolean }>`select ${head.networkId}::uuid = any (auth_led()) as led`.execute(db)
  if (!rows[0]?.led) throw new NotFound()
  return head
}

const lead = { roles: ['lead'] as const, about: aboutCase }

export const prepareTransfer = query('transfer.prepare', { ...lead, input: CaseId }, async (db, { id }, me) => {
  const head = await givenHead(db, me, id)
  const networks = await db
    .selectFrom('network')
    .select(['id', 'name'])
    .where('status', '=', 'active')
    .where('id', '<>', head.networkId)
    .orderBy('name')
    .execute()
  return { head, networks, pack: await packOf(db, id), lacks: await lacksOf(db, id) }
})
export type Preparation = Awaited<ReturnType<typeof prepareTransfer.run>>

/** Asks the other network; until it answers the case stays where it is. */
export const sendTransfer = command('transfer.send', { ...lead, input: OpenTransfer }, async (db, input, me) => {
  const head = await givenHead(db, me, input.id)
  if (head.status === 'closed') throw new Conflict({ key: 'cases.closing.readOnly' })
  if (head.leaving) throw new Conflict({ key: 'transfer.error.twice' })
  const lacks = await lacksOf(db, head.id)
  if (lacks.some(({ blocks }) => blocks)) throw new Conflict({ key: 'transfer.error.blocked' })
  const to = await takersOf(db, head, input.to)
  if (input.ground === 'consent' && head.legalBasis !== 'consent')
    throw new Invalid({ ground: { key: 'transfer.error.ground' } })
  if (lacks.length > 0 && !input.why) throw new Invalid({ why: { key: 'transfer.error.why' } })
  const id = randomUUID()
  const vault = await openVault(db, head.id)
  const seal = (column: string, words: string) => vault.seal({ table: 'case_transfer', column, row: id }, words)
  await db
    .insertInto('caseTransfer')
    .values({
      ...{ networkId: head.networkId, caseId: head.id, id, toNetworkId: input.to, openedBy: me.id },
      ...{ reason: input.reason, urgent: input.urgency === 'urgent', ground: input.ground },
      groundSealed: seal('ground_sealed', input.groundWords),
      wordsSealed: seal('words_sealed', input.words),
      whySealed: input.why ? seal('why_sealed', input.why) : null,
    })
    .execute()
  await wallOff(db, id, head.id, input.to)
  for (const taker of to) if (taker !== me.id) await mailAbout(db, head.id, taker, 'new-task')
  return { head: { id: head.id, networkId: head.networkId }, transfer: id }
})

// A network without a lead could never answer.
async function takersOf(db: Db, head: CaseHead, network: string): Promise<string[]> {
  const leads = network === head.networkId ? [] : await leadsOf(db, network)
  if (leads.length === 0) throw new Invalid({ to: { key: 'transfer.error.noLead' } })
  return leads
}
