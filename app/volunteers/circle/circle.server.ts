// What has the support person told of her circle, and how does it become comparable without being kept in the open?
import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, type Message, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { masterNow } from '../../core/keys/ring.server.ts'
import { command, query } from '../../core/operation.server.ts'
import { blindIndex, findVault, vaultOf, wrapKey } from '../../core/seal.server.ts'
import { type CircleKind, circleKinds, TellCircle } from './circle.ts'
import { type LinkKey, linkKeys } from './link-key.ts'

const volunteer = { roles: ['volunteer'] as const }
const place = (row: string) => ({ table: 'volunteer_circle', column: 'value_sealed', row })
const mostLines = 60

/**
 * Keys as the database compares them. They are the same in every network, for whoever helps anywhere may know somebody anywhere; without
 * the key of the process nobody can make one, and so nobody can try names out on what is stored.
 */
export const blinded = (keys: readonly LinkKey[]) => ({
  classes: keys.map((key) => key.class),
  indexes: keys.map((key) => blindIndex('links', `${key.class}/${key.text}`)),
})

export type CircleLine = { id: string; kind: CircleKind; text: string }

async function ownLines(db: Db): Promise<CircleLine[]> {
  const rows = await db
    .selectFrom('volunteerCircle')
    .select(['id', 'kind', 'valueSealed'])
    .orderBy('toldAt')
    .orderBy('id')
    .execute()
  const lines: CircleLine[] = []
  for (const { id, kind, valueSealed } of rows) {
    const vault = await findVault(db, id)
    if (vault) lines.push({ id, kind: kind as CircleKind, text: vault.open(place(id), valueSealed) })
  }
  return lines
}

/** Her own words, for herself alone. */
export const openCircle = query('volunteer.circle.open', { ...volunteer, input: z.object({}) }, async (db) => ({
  lines: await ownLines(db),
}))
export type Circle = Awaited<ReturnType<typeof openCircle.run>>

type Told = { kind: CircleKind; text: string; keys: LinkKey[] }

/** What is new in a form; a line by which nobody could be known again is given back with the reason. */
function toldIn(input: z.output<typeof TellCircle>, before: readonly CircleLine[]): Told[] {
  const known = new Set(before.map(({ kind, text }) => `${kind}/${text}`))
  const errors: Record<string, Message> = {}
  const told = circleKinds.flatMap((kind) =>
    (input[kind] ?? []).flatMap((text): Told[] => {
      if (known.has(`${kind}/${text}`)) return []
      const keys = linkKeys(kind, text)
      if (keys.length === 0) errors[kind] = { key: `volunteers.circle.tooLittle.${kind}`, args: { line: text } }
      return [{ kind, text, keys }]
    }),
  )
  if (Object.keys(errors).length > 0) throw new Invalid(errors)
  if (circleKinds.every((kind) => !input[kind])) throw new Invalid({ '': { key: 'volunteers.circle.nothing' } })
  if (before.length + told.length > mostLines)
    throw new Invalid({ '': { key: 'volunteers.circle.full', args: { max: mostLines } } })
  return told
}

/** Each line is closed under a key of its own and compared from this moment on; she hears nothing of what is found. */
export const tellCircle = command(
  'volunteer.circle.tell',
  { ...volunteer, input: TellCircle, turn: 'circle' },
  async (db, input) => {
    for (const { kind, text, keys } of toldIn(input, await ownLines(db))) {
      const [row, key, master] = [randomUUID(), randomBytes(32), masterNow()]
      const sealed = vaultOf([key], { kind: 'circle', id: row }).seal(place(row), text)
      const { classes, indexes } = blinded(keys)
      await sql`select circle_tell(${row}::uuid, ${kind}, ${sealed}::bytea, ${master.id}, ${wrapKey(master.key, row, key)}::bytea,
        ${classes}::text[], ${indexes}::bytea[])`.execute(db)
    }
  },
)

const Line = z.object({ line: id() })

/** A line that is no longer so is gone at once: her words, its key, and what was compared. */
export const forgetLine = command('volunteer.circle.forget', { ...volunteer, input: Line }, async (db, { line }) => {
  const { rows } = await sql<{ done: boolean }>`select circle_forget(${line}::uuid) as done`.execute(db)
  if (!rows[0]?.done) throw new NotFound()
})

/** Has she told anything yet? Asked of her own lines. */
export async function hasTold(db: Db): Promise<boolean> {
  const row = await db.selectFrom('volunteerCircle').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

/** Volunteers who have told something, and on which day last; for whoever chooses a person. */
export async function circlesTold(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ volunteerId: string; toldOn: string }>`select * from circles_told()`.execute(db)
  return new Map(rows.map(({ volunteerId, toldOn }) => [volunteerId, toldOn]))
}
