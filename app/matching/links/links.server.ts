// Of which volunteer and which case may something be alike – and what does the coordinator do about it without learning what?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { LinkState } from '../../cases/links/link.ts'
import { leadsOf } from '../../cases/tasks.server.ts'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { casesShown, command, query } from '../../core/operation.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { Pair } from './need-id.ts'

/** Never whose it is and never a value: by which kinds, how strongly, and what the case worker has said. */
export type MatchLink = {
  volunteerId: string
  caseId: string
  state: LinkState
  strong: boolean
  classes: string[]
  foundAt: Date
  askedAt: Date | null
  running: boolean
}

/** Everything alike between volunteers and the cases that look for somebody or have somebody; nothing for anybody but who chooses. */
export async function linksNow(db: Db): Promise<MatchLink[]> {
  return (await sql<MatchLink>`select * from links_at_matching()`.execute(db)).rows
}

/** The question has not been put since something new was found. */
export const unasked = ({ state, askedAt, foundAt }: MatchLink) =>
  state === 'open' && (askedAt === null || askedAt < foundAt)

/** Asks whoever answers for the case; she hears that something waits, and of which of her people – never which volunteer it is. */
export const askLink = command(
  'matching.link.ask',
  {
    roles: ['coordinator'],
    input: Pair,
    about: ({ need }: z.output<typeof Pair>) => ({ kind: 'need', id: need }),
    oneByOne: ({ need, volunteer }: z.output<typeof Pair>) => `link/${need}/${volunteer}`,
  },
  async (db, { need, volunteer }, me) => {
    const { rows } = await sql<{ network: string | null }>`
      select link_ask(${need}::uuid, ${volunteer}::uuid, ${randomUUID()}::uuid) as network`.execute(db)
    const network = rows[0]?.network
    if (!network) throw new NotFound()
    const { caseId } = await db.selectFrom('need').select('caseId').where('id', '=', need).executeTakeFirstOrThrow()
    for (const lead of await leadsOf(db, network)) if (lead !== me.id) await mailAbout(db, caseId, lead, 'new-task')
    return { need, volunteer }
  },
)

async function listed(db: Db) {
  const links = (await linksNow(db)).filter((link) => link.running || link.askedAt !== null)
  const needs = await db
    .selectFrom('need')
    .select(['id', 'number', 'caseId', 'status'])
    .where('status', 'in', ['open', 'proposed', 'covered'])
    .execute()
  const volunteers = await db.selectFrom('volunteer').select(['id', 'code', 'name']).execute()
  const supports = await db
    .selectFrom('assignment')
    .select(['id', 'caseId', 'volunteerId'])
    .where('status', 'in', ['proposed', 'active'])
    .execute()
  const lines = links.flatMap((link) => {
    const need = needs.find((one) => one.caseId === link.caseId)
    const volunteer = volunteers.find((one) => one.id === link.volunteerId)
    if (!need || !volunteer) return []
    const support = supports.find(({ caseId, volunteerId }) => caseId === link.caseId && volunteerId === volunteer.id)
    const { code, name } = volunteer
    return [
      {
        ...link,
        need: need.id,
        open: need.status === 'open',
        number: need.number,
        code,
        name,
        assignment: support?.id ?? null,
      },
    ]
  })
  const rank = ({ state, running }: MatchLink) => ['conflict', 'open', 'clear'].indexOf(state) + (running ? 0 : 3)
  return { lines: lines.toSorted((a, b) => rank(a) - rank(b) || a.number.localeCompare(b.number)) }
}
export type LinksListed = Awaited<ReturnType<typeof listed>>

/** What was asked and what turned up in supports that run. */
export const listLinks = query(
  'matching.link.list',
  {
    roles: ['coordinator'],
    input: z.object({}),
    about: (_: unknown, { lines }: LinksListed) => ({
      ...{ kind: 'need', hits: lines.length },
      ...casesShown(lines.map(({ caseId }) => caseId)),
    }),
  },
  listed,
)
