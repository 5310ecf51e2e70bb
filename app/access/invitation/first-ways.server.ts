// What does somebody who only helps make with her invitation: a passkey, or her own card?
import { knock } from '../../core/db.server.ts'
import { readPersonalCode } from '../../core/form/personal-code.ts'
import { rowSeal } from '../../core/keys/row-seal.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import type { NewKey } from '../passkey/ceremony.server.ts'
import { keptCodeOf } from '../walls/own-codes.server.ts'

/** With which invitation, and whose it is. */
export type Invited = { id: string; invitation: string }

/** The new key's row; null where the invitation is not open any more, she does not only help, or the key is somebody's already. */
export async function setFirstKey({ id, invitation }: Invited, key: NewKey, name: string): Promise<string | null> {
  const [credential, publicKey] = [Buffer.from(key.credentialId, 'base64url'), Buffer.from(key.publicKey, 'base64url')]
  const seal = rowSeal('passkey', id, [credential, publicKey])
  const row = [credential, publicKey, key.counter, key.transports, key.backedUp, name, seal]
  const [made] = await knock<{ door_key_set: string | null }>('door_key_set', [invitation, ...row])
  return made?.door_key_set ?? null
}

/** `taken`: the card or the account is linked already; null where the invitation is not open any more, or she does not only help. */
export async function setFirstCard({ id, invitation }: Invited, code: string): Promise<'done' | 'taken' | null> {
  if ('fault' in readPersonalCode(code)) return null
  const subject = blindIndex('person', code)
  const networks = await knock<{ id: string }>('door_networks', [])
  const { codes, kept } = keptCodeOf(
    id,
    networks.map((network) => network.id),
    code,
  )
  const args = [invitation, subject, rowSeal('card', id, [subject]), codes, kept]
  const [made] = await knock<{ door_card_set: 'done' | 'taken' | null }>('door_card_set', args)
  return made?.door_card_set ?? null
}
