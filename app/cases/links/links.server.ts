// Where may somebody who helps know somebody of my cases, and what do I say to that?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { holdersOf } from '../../access/holders.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, openHead } from '../case-file.server.ts'
import { leadsOf } from '../tasks.server.ts'
import { AnswerLink, CasePair, type LinkLine, type PairLine } from './link.ts'

const lead = { roles: ['lead'] as const, about: aboutCase }
const place = (row: string) => ({ table: 'conflict_word', column: 'reason_sealed', row })

/** Every pair of the lead's cases that she was asked about or that concerns a support of today; what waits for her stands first. */
export async function pairsToAnswer(db: Db): Promise<PairLine[]> {
  return (await sql<PairLine>`select * from links_to_answer()`.execute(db)).rows
}

type Said = { id: string; pairId: string; kind: string; reason: string | null; by: string; recordedAt: Date }

async function saidOf(db: Db, caseId: string): Promise<Said[]> {
  const { rows } = await sql<Omit<Said, 'reason' | 'by'> & { reasonSealed: Buffer | null; byName: string }>`
    select * from links_said(${caseId}::uuid)`.execute(db)
  if (rows.length === 0) return []
  const vault = await openVault(db, caseId)
  return rows.map(({ reasonSealed, byName, ...row }) => ({
    ...{ ...row, by: byName },
    reason: reasonSealed ? vault.open(place(row.id), reasonSealed) : null,
  }))
}

async function linksOf(db: Db, me: Person, caseId: string) {
  const head = await caseHead(db, me, caseId)
  const pairs = (await pairsToAnswer(db)).filter((pair) => pair.caseId === head.id)
  const links = (await sql<LinkLine>`select * from links_of_case(${head.id}::uuid)`.execute(db)).rows
  return { head, pairs, links, said: await saidOf(db, head.id) }
}

/** What was found between those who help and the people of this case: of which of her people, by which kind, how strongly. */
export const openLinks = query('case.link.open', { ...lead, input: CaseId }, (db, { id }, me) => linksOf(db, me, id))

export const openPair = query('case.link.pair', { ...lead, input: CasePair }, async (db, { id, pair }, me) => {
  const found = await linksOf(db, me, id)
  const one = found.pairs.find(({ pairId }) => pairId === pair)
  if (!one) throw new NotFound()
  return { ...found, pair: one, answer: answerOf(found.said, pair) }
})

/** What was answered last about a pair. */
const answerOf = (said: readonly Said[], pair: string): Said | null =>
  said.find(({ pairId, kind }) => pairId === pair && kind !== 'asked') ?? null
const onePair = ({ pair }: { pair: string }) => `pair/${pair}`

/** No conflict, or a conflict: from then on that volunteer is not matched with the case. The reason stays with the case. */
export const answerLink = command(
  'case.link.answer',
  { ...lead, input: AnswerLink, oneByOne: onePair },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    const pair = (await pairsToAnswer(db)).find((one) => one.pairId === input.pair && one.caseId === head.id)
    if (!pair) throw new NotFound()
    mustHaveRead(input.seen, answerOf(await saidOf(db, head.id), input.pair)?.id ?? null)
    const word = randomUUID()
    const reason = (await openVault(db, head.id)).seal(place(word), input.reason)
    const { rows } = await sql<{ asker: string | null }>`
    select link_answer(${input.pair}::uuid, ${word}::uuid, ${input.verdict}, ${reason}::bytea) as asker`.execute(db)
    const asker = rows[0]?.asker
    if (!asker) throw new Conflict({ key: 'cases.link.over' })
    const told = new Set(pair.running ? await holdersOf(db, 'coordinator') : [asker])
    for (const who of told) if (who !== me.id) await mailAbout(db, head.id, who, 'new-task')
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

/** The leads and the coordinators hear once that something has turned up in a support of today. */
async function tell(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ pairId: string; networkId: string; caseId: string; foundAt: Date }>`
      select * from links_running()`.execute(db)
    for (const { pairId, networkId, caseId, foundAt } of rows) {
      const told = [...(await leadsOf(db, networkId)), ...(await holdersOf(db, 'coordinator'))]
      for (const who of new Set(told))
        await mailAbout(db, caseId, who, 'new-task', `link:${pairId}:${foundAt.getTime()}:${who}`)
    }
    return rows.length
  })
}

/** Everything is compared once more, so that no fault of a moment hides a link for longer than a day. */
const compareAll = (system: Person) =>
  asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ links: number }>`select links_all_renew() as links`.execute(db)
    return rows[0]?.links ?? 0
  })

export const linksTold: Job = { name: 'links-told', cron: '*/15 * * * *', run: tell }
export const linksCompared: Job = { name: 'links-compared', cron: '20 4 * * *', run: compareAll }
