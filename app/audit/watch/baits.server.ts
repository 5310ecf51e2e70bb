// Which cases does nobody stand behind, so that whoever opens one is found, and who keeps them there?
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { asPerson, type Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { masterNow } from '../../core/keys/ring.server.ts'
import { command, query } from '../../core/operation.server.ts'
import { vaultOf, wrapKey } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'

/** The auditors alone: neither the administrator nor whoever runs the service may know which they are. */
const keepers: readonly Role[] = ['auditor']

/** `rangAt`: somebody has opened it, so another one takes its place once that is judged. */
export type Bait = { caseId: string; number: string; network: string; madeAt: Date; rangAt: Date | null }

export const listBaits = query(
  'watch.baits',
  {
    roles: keepers,
    input: z.object({}),
    about: (_input, output: Bait[]) => ({ kind: 'finding', hits: output.length }),
  },
  async (db): Promise<Bait[]> => (await sql<Bait>`select * from bait_list()`.execute(db)).rows,
)

/** One that nobody has opened goes wholly; the others stay as they are and raise nothing any more. The event names no case: its network would read it. */
export const retireBait = command(
  'watch.bait.retire',
  { roles: keepers, inPerson: true, input: z.object({ bait: id() }), about: () => ({ kind: 'finding' }) },
  async (db, { bait }) => {
    const { rows } = await sql<{ done: boolean }>`select bait_retire(${bait}::uuid) as done`.execute(db)
    if (!rows[0]?.done) throw new NotFound()
  },
)

// What was written when such a case was closed, in the words of whoever sets a register in order.
const closings = [
  'Kanti töövihikust üle ekslikult. Sama juhtum on registris teise numbri all.',
  'Topelt kantud. Töö käib teise numbri all.',
  'Ei ole MARAC-i juhtum, sattus tabelisse ekslikult.',
  'Kanne on tehtud valesse võrgustikku. Õige juhtum on olemas.',
]

// The key and the words are closed here, for the master key is not in the database; everything else of the case the database makes up itself.
async function makeBait(db: Db, network: string): Promise<boolean> {
  const [caseId, closing, key, master] = [randomUUID(), randomUUID(), randomBytes(32), masterNow()]
  const vault = vaultOf([key], { kind: 'case', id: caseId })
  const words = closings[randomInt(closings.length)] ?? ''
  const said = vault.seal({ table: 'case_closing', column: 'words_sealed', row: closing }, words)
  const { rows } = await sql<{ made: boolean }>`
    select bait_make(${network}, ${caseId}, ${closing}, ${said}::bytea, ${master.id}, ${wrapKey(master.key, caseId, key)}::bytea) as made`.execute(
    db,
  )
  return rows[0]?.made ?? false
}

/** As many in each network as are set; the old ones go, and new ones come where nothing waits for a judgement. */
export async function keepBaits(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ network: string }>`select bait_round() as network`.execute(db)
    let made = 0
    for (const { network } of rows) if (await makeBait(db, network)) made++
    return made
  })
}

export const baitsKept: Job = { name: 'baits', cron: '40 3 * * *', run: keepBaits }
