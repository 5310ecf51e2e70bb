// How do the people and places of a case become comparable with whoever helps, without being kept in the open?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { blinded } from '../../volunteers/circle/circle.server.ts'
import { type LinkKey, linkKeys, personKeys, phoneKeys, plateKeys } from '../../volunteers/circle/link-key.ts'
import type { About } from './link.ts'

type Item = { caseId: string; item: string; about: About }

async function keep(db: Db, { caseId, item, about }: Item, keys: readonly LinkKey[]): Promise<void> {
  if (keys.length === 0) return
  const { classes, indexes } = blinded(keys)
  await sql`select link_keys(${caseId}::uuid, ${item}::uuid, ${about}, ${classes}::text[], ${indexes}::bytea[])`.execute(
    db,
  )
}

export const comparePerson = (db: Db, item: Item, named: Parameters<typeof personKeys>[0]) =>
  keep(db, item, personKeys(named))

// A place of work may be told with its address, and a way to reach somebody with words around it.
const upToComma = (text: string) => [text, text.split(',')[0] ?? '']
const readers: Record<string, (text: string) => LinkKey[]> = {
  address: (text) => linkKeys('address', text),
  shelter: (text) => linkKeys('address', text),
  school: (text) => upToComma(text).flatMap((part) => linkKeys('school', part)),
  workplace: (text) => upToComma(text).flatMap((part) => linkKeys('work', part)),
}

/** By the kind of place; a telephone number or the plate of a car counts wherever it stands. */
export function placeKeys(kind: string, text: string): LinkKey[] {
  const found = text
    .split('\n')
    .flatMap((line) => [...(readers[kind]?.(line) ?? []), ...phoneKeys(line), ...plateKeys(line)])
  return [...new Map(found.map((key) => [`${key.class}/${key.text}`, key])).values()]
}

const whose: Record<string, About> = { school: 'child', adult_contact: 'victimKin' }

export const comparePlace = (db: Db, { kind, value, ...of }: Omit<Item, 'about'> & { kind: string; value: string }) =>
  keep(db, { ...of, about: whose[kind] ?? 'victim' }, placeKeys(kind, value))
