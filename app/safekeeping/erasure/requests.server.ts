// How is it written down that somebody asks for an erasure?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Kind, Request } from './erasure.ts'

export type Found = { kind: Kind; owner: string; networkId: string | null; label: string }

/** In one's own name, as what one is: the other of the two decides. */
export async function insertRequest(
  db: Db,
  me: Person,
  asked: Found & Pick<Request, 'ground'> & { reason: string },
): Promise<string> {
  const id = randomUUID()
  const { kind, owner, networkId, label, ground, reason } = asked
  await sql`insert into erasure (id, kind, owner_id, network_id, label, ground, asked_by, asked_as, reason_sealed)
    values (${id}, ${kind}, ${owner}, ${networkId}, ${label}, ${ground}, ${me.id},
      ${me.roles.includes('auditor') ? 'auditor' : 'keeper'}, ${sealForProcess('erasure', reason)})`
    .execute(db)
    .catch((error: { code?: string }) => {
      throw error.code === '23505' ? new Conflict({ key: 'safekeeping.erasure.asked' }) : error
    })
  return id
}
