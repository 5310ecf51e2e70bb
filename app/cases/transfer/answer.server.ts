// How is a case taken over, refused or kept after all, and who hears of it?
import { sql } from 'kysely'
import { holdersOf } from '../../access/holders.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { command } from '../../core/operation.server.ts'
import { sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import { keepNameKeys } from '../repeat/name-keys.server.ts'
import { leadsOf } from '../tasks.server.ts'
import { indexIn, peopleOf } from './people.server.ts'
import { type Ending, type Hindrance, Refuse, Revoke, TransferId, type TransferLine } from './transfer.ts'
import { aboutTransfer, keyOf, transferOf } from './transfers.server.ts'

type Answer = { how: Ending; because?: string; words?: string }

/** Ends it in one statement: of two who answer at once the second hears that somebody was before them. */
async function end(db: Db, id: string, { how, because, words }: Answer): Promise<void> {
  const sealed = words ? sealForProcess('transfer', words) : null
  const { rows } = await sql<{ told: 'done' | 'none' | Hindrance }>`
    select transfer_answer(${id}::uuid, ${how}, ${because ?? null}, ${sealed}::bytea) as told`.execute(db)
  const told = rows[0]?.told ?? 'none'
  if (told === 'none') throw new NotFound()
  if (told !== 'done') throw new Conflict({ key: `transfer.error.${told}` })
}

/** The leads of both networks, other than whoever did it, hear that something waits for them; the letter says nothing more. */
async function tellBoth(db: Db, me: Person, { caseId, networkId, toNetworkId }: TransferLine): Promise<void> {
  const leads = new Set([...(await leadsOf(db, networkId)), ...(await leadsOf(db, toNetworkId))])
  for (const lead of leads) if (lead !== me.id) await mailAbout(db, caseId, lead, 'new-task')
}

/** Where a support goes on: who guides the support person, and the coordinators, hear that another network answers for it now. */
async function tellSupport(db: Db, caseId: string): Promise<void> {
  const running = await db
    .selectFrom('assignment')
    .select('volunteerId')
    .where('caseId', '=', caseId)
    .where('status', '=', 'active')
    .execute()
  if (running.length === 0) return
  const told = new Set(await holdersOf(db, 'coordinator'))
  for (const { volunteerId } of running) for (const guide of await guidesOf(db, volunteerId)) told.add(guide)
  for (const who of told) await mailAbout(db, caseId, who, 'new-task')
}

/** Codes and names are indexed by the key of the network: made anew they are found here, and walls are raised before whoever is tied to them. */
async function indexAnew(db: Db, { id, caseId, toNetworkId }: TransferLine): Promise<void> {
  const codes: Record<string, string> = {}
  for (const { id: person, code, ...names } of await peopleOf(db, id, caseId)) {
    if (code) codes[person] = indexIn(toNetworkId, code)
    await keepNameKeys(db, { networkId: toNetworkId, caseId, person }, names)
  }
  await sql`select transfer_codes(${id}::uuid, ${JSON.stringify(codes)}::jsonb)`.execute(db)
}

/** From here on the case is the other network's: in the log too. */
export const acceptTransfer = command(
  'transfer.accept',
  {
    roles: ['lead'],
    input: TransferId,
    about: aboutTransfer,
  },
  async (db, { id }, me) => {
    const transfer = await transferOf(db, id)
    await end(db, id, { how: 'accepted' })
    await indexAnew(db, transfer)
    await tellBoth(db, me, transfer)
    await tellSupport(db, transfer.caseId)
    return { transfer: keyOf({ ...transfer, state: 'accepted' }) }
  },
)

export const refuseTransfer = command(
  'transfer.refuse',
  { roles: ['lead'], input: Refuse, about: aboutTransfer },
  async (db, { id, because, words }, me) => answer(db, me, id, { how: 'refused', because, words }),
)

export const revokeTransfer = command(
  'transfer.revoke',
  { roles: ['lead'], input: Revoke, about: aboutTransfer },
  async (db, { id, because, words }, me) => answer(db, me, id, { how: 'revoked', because, words }),
)

async function answer(db: Db, me: Person, id: string, said: Answer) {
  const transfer = await transferOf(db, id)
  await end(db, id, said)
  await tellBoth(db, me, transfer)
  return { transfer: keyOf(transfer) }
}
