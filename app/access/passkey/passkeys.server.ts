// What can a person do with her own passkeys?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { rowSeal } from '../../core/keys/row-seal.server.ts'
import { command, query } from '../../core/operation.server.ts'
import { everybody } from '../access.ts'
import { mustBeFresh } from '../fresh.ts'
import { keysOfAdmin, type Passkey, PasskeyName, RenamePasskey } from './passkey.ts'

const aboutKey = (input: { id: string }) => ({ kind: 'passkey', id: input.id })
const columns = ['id', 'name', 'createdAt', 'lastUsedAt', 'backedUp'] as const

export const ownPasskeys = (db: Db): Promise<Passkey[]> =>
  db.selectFrom('passkey').select(columns).orderBy('createdAt').execute()

export const listPasskeys = query(
  'passkey.list',
  {
    ...{ roles: everybody, input: z.object({}), beforeKeys: true },
    about: (_input: object, output: { keys: Passkey[] }) => ({ hits: output.keys.length }),
  },
  async (db, _input, me): Promise<{ email: string; keys: Passkey[] }> => {
    const { email } = await db.selectFrom('person').select('email').where('id', '=', me.id).executeTakeFirstOrThrow()
    return { email, keys: await ownPasskeys(db) }
  },
)

/** One key, for the pages that name and remove it; `mine`: this very session was opened with it. */
export const openPasskey = query(
  'passkey.open',
  { roles: everybody, input: z.object({ id: id() }), about: aboutKey },
  async (db, input, me) => {
    const key = await db.selectFrom('passkey').select(columns).where('id', '=', input.id).executeTakeFirstOrThrow()
    const session = await db.selectFrom('session').select('passkeyId').where('id', '=', me.sessionId).executeTakeFirst()
    return { key, mine: session?.passkeyId === key.id }
  },
)

const base64url = z.string().regex(/^[\w-]{1,4000}$/)

/** The page has seen the key answer; here it is only kept. */
export const addPasskey = command(
  'passkey.add',
  {
    roles: everybody,
    input: PasskeyName.extend({
      credentialId: base64url,
      publicKey: base64url,
      counter: z.number().int().min(0),
      transports: z.array(z.string().max(30)).max(10),
      backedUp: z.boolean(),
    }),
    about: (_input, output: { id: string }) => ({ kind: 'passkey', id: output.id }),
    beforeKeys: true,
    turn: 'keys',
  },
  async (db, { credentialId, publicKey, ...input }, me) => {
    mustBeFresh(me)
    const [id, key] = [Buffer.from(credentialId, 'base64url'), Buffer.from(publicKey, 'base64url')]
    // A row that comes into the table by another way bears no seal, and opens nothing.
    const seal = rowSeal('passkey', me.id, [id, key])
    const row = { ...input, personId: me.id, credentialId: id, publicKey: key, seal }
    return db.insertInto('passkey').values(row).returning('id').executeTakeFirstOrThrow()
  },
)

export const renamePasskey = command(
  'passkey.rename',
  { roles: everybody, input: RenamePasskey, about: aboutKey },
  async (db, input, me) => {
    mustBeFresh(me)
    const named = db.updateTable('passkey').set({ name: input.name }).where('id', '=', input.id)
    if (!(await named.returning('id').executeTakeFirst())) throw new NotFound()
  },
)

type Removed = 'done' | 'missing' | 'last' | 'two'

/** The key opens nothing any more, and whoever came in by it is out. */
export const removePasskey = command(
  'passkey.remove',
  { roles: everybody, input: z.object({ id: id() }), about: aboutKey },
  async (db, input, me) => {
    mustBeFresh(me)
    const { rows } = await sql<{ removed: Removed }>`select auth_remove_passkey(${input.id}) as removed`.execute(db)
    const removed = rows[0]?.removed
    if (removed === 'two') throw new Conflict({ key: 'access.keys.two', args: { count: keysOfAdmin } })
    if (removed === 'last') throw new Conflict({ key: 'access.keys.last' })
    if (removed !== 'done') throw new NotFound()
  },
)
