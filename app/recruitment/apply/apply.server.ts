// How does an application come in from somebody whom nobody knows, once, sealed, and not too often?
import { randomBytes, randomUUID } from 'node:crypto'
import { knock } from '../../core/db.server.ts'
import { masterNow } from '../../core/keys/ring.server.ts'
import { blindIndex, type Place, vaultOf, wrapKey } from '../../core/seal.server.ts'
import type { Locale } from '../../i18n/i18n.ts'
import { sealedAddress } from '../../process/mail.server.ts'
import { type Applied, type Facts, mailboxOf } from './apply.ts'

/** What the public page stands on; nobody is signed in, so the door tells it. */
export type Terms = { counties: { code: string; name: string }[]; days: number; months: number }

export async function termsOfApplying(): Promise<Terms> {
  const rows = await knock<{ code: string; name: string; days: number; months: number }>('door_apply_page', [])
  const alphabet = new Intl.Collator('et')
  return {
    counties: rows.map(({ code, name }) => ({ code, name })).toSorted((a, b) => alphabet.compare(a.name, b.name)),
    days: rows[0]?.days ?? 0,
    months: rows[0]?.months ?? 0,
  }
}

/** Where the sealed parts of an application stand. */
export const factsPlace = (row: string): Place => ({ table: 'application', column: 'facts_sealed', row })
export const remarkPlace = (row: string): Place => ({ table: 'application', column: 'remark_sealed', row })

/** Where it stands why a candidate was told no. */
export const endRemarkPlace = (row: string): Place => ({ table: 'volunteer_status', column: 'remark_sealed', row })

export type Sent = { once: string; locale: Locale; call: string | null; address: string }

/** Hands it in: 0, or how many seconds one has to wait. The answer is the same whoever is known here already. */
export async function handIn(applied: Applied, { once, locale, call, address }: Sent): Promise<number> {
  const id = randomUUID()
  const key = randomBytes(32)
  const master = masterNow()
  const { name, email, phone = null, why, availability = null } = applied
  const facts: Facts = { name: name.replace(/\s+/g, ' '), email, phone, why, availability }
  const sealed = vaultOf([key], { kind: 'volunteer', id }).seal(factsPlace(id), JSON.stringify(facts))
  const languages = [...new Set([applied.firstLanguage, ...applied.languages])]
  const [row] = await knock<{ door_apply: number }>('door_apply', [
    ...[id, once, master.id, wrapKey(master.key, id, key), sealed, blindIndex('applications', mailboxOf(email))],
    ...[applied.county, languages, locale, applied.source, call],
    ...[blindIndex('attempt/apply', address), sealedAddress(email)],
  ])
  return row?.door_apply ?? 0
}
