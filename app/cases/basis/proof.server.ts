// How is a picture of what proves the victim's word kept, and who looks at it?
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault, type Vault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { aboutCase, caseHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { AddProof, hasFile, ProofOf } from './proof.ts'

const about = aboutCase

const place = (row: string) => ({ table: 'case_basis', column: 'picture_sealed', row })
export const sealPicture = (vault: Vault, row: string, drawn: Buffer): Buffer =>
  vault.seal(place(row), drawn.toString('base64'))

/** A file that is sent in is looked through and drawn, which costs a second and much memory: only so many a day, whatever becomes of them. */
export const takePicture = command(
  'case.basis.picture.take',
  { roles: keepers, input: z.object({}), turn: 'upload' },
  async () => undefined,
)

/** Before the form is read: a turn for its file, where it has one. */
export const takesPicture = async (me: Person, raw: unknown): Promise<unknown> =>
  hasFile((raw as { file?: unknown } | null)?.file) && takePicture.run(me, {})

/** The word of one's own network; a ground of the law has no proof of hers. */
async function wordOf(db: Db, me: Person, { id, word }: z.output<typeof ProofOf>) {
  const head = await caseHead(db, me, id)
  const row = await db
    .selectFrom('caseBasis')
    .select(['id', 'kind', 'goesOn', 'onDate', 'recordedBy'])
    .select((row) => row('pictureSealed', 'is not', null).as('kept'))
    .where('caseId', '=', head.id)
    .where('id', '=', word)
    .where('kind', 'in', ['consent', 'withdrawn'])
    .executeTakeFirst()
  if (!head.own || !row) throw new NotFound()
  return { head, word: { ...row, kept: Boolean(row.kept), mine: row.recordedBy === me.id } }
}

export const openProof = query('case.basis.proof', { roles: keepers, input: ProofOf, about }, (db, input, me) =>
  wordOf(db, me, input),
)

/** The picture itself, each time it is looked at an event of its own. */
export const lookAtProof = query(
  'case.basis.picture',
  { roles: keepers, input: ProofOf, about },
  async (db, input, me) => {
    mustBeFresh(me)
    const { head, word } = await wordOf(db, me, input)
    const row = await db.selectFrom('caseBasis').select('pictureSealed').where('id', '=', word.id).executeTakeFirst()
    if (!row?.pictureSealed) throw new NotFound()
    const vault = await openVault(db, head.id)
    return { head, bytes: Buffer.from(vault.open(place(word.id), row.pictureSealed), 'base64') }
  },
)

/** Afterwards, by whoever wrote the word down, once. */
export const addProof = command(
  'case.basis.picture.add',
  { roles: keepers, input: AddProof, about, ahead: takesPicture },
  async (db, { file, ...of }, me) => {
    const { head, word } = await wordOf(db, me, of)
    if (!file) throw new Invalid({ file: { key: 'core.picture.none' } })
    if (word.kept) throw new Conflict({ key: 'cases.proof.there' })
    if (!word.mine) throw new Conflict({ key: 'cases.proof.notMine' })
    const pictureSealed = sealPicture(await openVault(db, head.id), word.id, file)
    await db.updateTable('caseBasis').set({ pictureSealed }).where('id', '=', word.id).execute()
    return { head }
  },
)
