// How does somebody answer who has no account and holds a link: once, sealed, and without hearing more than they must?
import { randomBytes } from 'node:crypto'
import { knock } from '../../core/db.server.ts'
import { masterNow } from '../../core/keys/ring.server.ts'
import { blindIndex, vaultOf, wrapKey } from '../../core/seal.server.ts'
import { type Answers, formNow } from './reference.ts'
import { answersPlace, hashOf } from './references.server.ts'

const markOf = (address: string) => blindIndex('attempt/reference', address)

/** The question behind a link, or how long to wait; neither where it leads nowhere. */
export type Asked = { id: string | null; wait: number }

export async function askedBy(token: string, address: string): Promise<Asked> {
  const [row] = await knock<Asked>('door_reference', [hashOf(token), markOf(address)])
  return row ?? { id: null, wait: 0 }
}

/** Whom it is about – first name and one letter –, which is in the log before it is told; `null` where the link leads nowhere any more. */
export async function nameBehind(token: string): Promise<string | null> {
  const [row] = await knock<{ door_reference_name: string | null }>('door_reference_name', [hashOf(token)])
  return row?.door_reference_name ?? null
}

/** Hands the answer in: 0, -1 where the link leads nowhere any more, or the seconds to wait. */
export async function answer(token: string, address: string, id: string, given: Answers): Promise<number> {
  const key = randomBytes(32)
  const master = masterNow()
  const sealed = vaultOf([key], { kind: 'reference', id }).seal(answersPlace(id), JSON.stringify(given))
  const [row] = await knock<{ door_reference_answer: number }>('door_reference_answer', [
    ...[hashOf(token), markOf(address), id, master.id, wrapKey(master.key, id, key), sealed, formNow],
  ])
  return row?.door_reference_answer ?? -1
}
