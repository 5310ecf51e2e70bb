// How does a signed copy come in, what does it prove, and who reads it?
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { date, id, optional } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { File as Sent } from '../../core/page.tsx'
import { blindIndex, findVault, keepVault, type Place } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { formatDate, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { insertEvidence } from '../../volunteers/records.server.ts'
import { supersedeSigned } from '../made/copies.server.ts'
import { isOnlySeen, provenBy } from '../made/paper.ts'
import { aboutPaper, onePaper, paperFor } from '../made/papers.server.ts'
import { type ReadCopy, type ReadSignature, readCopy } from './container.server.ts'

const coordinator = { roles: ['coordinator'] } as const
const place = (column: 'file_sealed' | 'signatures_sealed', row: string): Place => ({
  table: 'paper_signed',
  column,
  row,
})

/** Whose signature it says it is; `own` where the code is that of the volunteer's record, `null` where one of the two is not known. */
export type Signer = {
  name: string | null
  claimedAt: string | null
  own: boolean | null
  files: ReadSignature['files']
}

async function copyFrom(raw: unknown): Promise<ReadCopy> {
  if (!(raw instanceof File) || (raw.size === 0 && !raw.name))
    throw new Invalid({ file: { key: 'papers.sign.missing' } })
  return readCopy(Buffer.from(await raw.arrayBuffer()))
}

/** What proves that a paper was signed: a file that is read while the form is, before there is a transaction, or the day alone. */
export const SignPaper = z.object({
  paper: id(),
  file: z
    .unknown()
    .optional()
    .transform(async (raw, ctx): Promise<ReadCopy | null> => {
      if (raw === undefined) return null
      try {
        return await copyFrom(raw)
      } catch (error) {
        const said = error instanceof Invalid ? error.fields.file : undefined
        if (!said) throw error
        ctx.addIssue({ code: 'custom', message: said.key, params: said.args })
        return z.NEVER
      }
    })
    .meta({ kind: 'file', label: 'papers.sign.file', hint: 'papers.sign.fileHint' }),
  signedOn: optional(date({ label: 'papers.sign.signedOn', hint: 'papers.sign.signedOnHint' })),
})

/** One paper, and who has signed it as far as it can be read. */
export const openPaper = query(
  'paper.open',
  { roles: ['coordinator', 'volunteer'], input: z.object({ paper: id() }), about: aboutPaper },
  async (db, { paper }) => ({ ...(await paperFor(db, paper)), copy: await copyOf(db, paper), today: today() }),
)

export type Opened = Awaited<ReturnType<typeof openPaper.run>>

async function copyOf(db: Db, paper: string) {
  const row = await db
    .selectFrom('paperSigned')
    .leftJoin('person', 'person.id', 'recordedBy')
    .select(['paperSigned.id', 'form', 'signedOn', 'size', 'signaturesSealed', 'recordedAt', 'person.name as by'])
    .select(['volunteerId'])
    .where('paperId', '=', paper)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const { signaturesSealed, volunteerId, ...copy } = row
  const vault = signaturesSealed ? await findVault(db, volunteerId) : null
  const signers =
    vault && signaturesSealed
      ? (JSON.parse(vault.open(place('signatures_sealed', row.id), signaturesSealed)) as Signer[])
      : []
  return { ...copy, signers }
}

/** Keeps the copy, and with it the fact that it proves: nothing is typed a second time. An earlier copy and its fact are set aside. */
export const signPaper = command(
  'paper.sign',
  {
    ...coordinator,
    input: SignPaper,
    about: aboutPaper,
    oneByOne: onePaper,
    turn: 'upload',
    turnWhen: ({ file }) => file !== null,
  },
  async (db, { paper, file, signedOn: typed }, me) => {
    const found = await paperFor(db, paper)
    if (found.supersededAt) throw new Conflict({ key: 'papers.error.dropped' })
    const copy = isOnlySeen(found.kind) ? null : file
    if (!copy && !isOnlySeen(found.kind)) throw new Invalid({ file: { key: 'papers.sign.missing' } })
    const signedOn = dayOf(typed, copy)
    await supersedeSigned(db, paper, replaced)
    const evidenceId = await prove(db, me, found, signedOn)
    const row = {
      id: randomUUID(),
      paperId: paper,
      volunteerId: found.volunteerId,
      signedOn,
      evidenceId,
      recordedBy: me.id,
    }
    if (!copy)
      await db
        .insertInto('paperSigned')
        .values({ ...row, form: 'seen' })
        .execute()
    else await keep(db, row, copy)
    return { paper }
  },
)

// Read by whoever looks into the history of the record; not a sentence of the screen.
const replaced = 'uus allkirjastatud eksemplar'

/** The day that was typed, or the day of the last signature as its maker claims it; never one that is still to come. */
function dayOf(typed: string | undefined, copy: ReadCopy | null): string {
  const claimed = (copy?.signatures ?? [])
    .flatMap(({ claimedAt }) => (claimedAt ? [claimedAt] : []))
    .toSorted()
    .at(-1)
  const day = typed ?? (claimed ? isoDate(new Date(claimed)) : undefined)
  if (!day) throw new Invalid({ signedOn: { key: 'core.error.dateMissing' } })
  if (day > today())
    throw new Invalid({ signedOn: { key: 'volunteers.error.future', args: { date: formatDate(day) } } })
  return day
}

type Found = Awaited<ReturnType<typeof paperFor>>

async function prove(db: Db, me: Person, found: Found, signedOn: string): Promise<string | null> {
  const kind = provenBy[found.kind]
  if (!kind) return null
  const span =
    kind === 'contract'
      ? { validFrom: found.validFrom ?? signedOn, validTo: found.validTo }
      : { validFrom: signedOn, validTo: null }
  return insertEvidence(db, me, found.volunteerId, { kind, ...span, passed: true, checkedBy: null })
}

type Row = {
  id: string
  paperId: string
  volunteerId: string
  signedOn: string
  evidenceId: string | null
  recordedBy: string
}

async function keep(db: Db, row: Row, { form, bytes, sha256, signatures }: ReadCopy): Promise<void> {
  const owner = { kind: 'volunteer', id: row.volunteerId } as const
  const vault = await keepVault(db, owner)
  const { personalCodeIndex: known } = await db
    .selectFrom('volunteer')
    .select('personalCodeIndex')
    .where('id', '=', owner.id)
    .executeTakeFirstOrThrow()
  const signers = signatures.map(({ signer, claimedAt, files }): Signer => {
    const own = known && signer?.code ? known.equals(blindIndex('volunteers', signer.code)) : null
    return { name: signer?.name ?? null, claimedAt, own, files }
  })
  const sealed = {
    fileSealed: vault.seal(place('file_sealed', row.id), bytes.toString('base64')),
    signaturesSealed: vault.seal(place('signatures_sealed', row.id), JSON.stringify(signers)),
  }
  await db
    .insertInto('paperSigned')
    .values({ ...row, form, size: bytes.length, sha256, ...sealed })
    .execute()
}

/** The signed copy itself, as it came in; after a fresh proof. */
export const signedFile = query(
  'paper.signed.document',
  { roles: ['coordinator', 'volunteer'], input: z.object({ paper: id() }), about: aboutPaper, turn: 'export' },
  async (db, { paper }, me) => {
    mustBeFresh(me)
    const row = await db
      .selectFrom('paperSigned')
      .innerJoin('paper', 'paper.id', 'paperId')
      .select(['paperSigned.id', 'paperSigned.volunteerId', 'form', 'fileSealed', 'paper.kind', 'signedOn'])
      .where('paperId', '=', paper)
      .where('paperSigned.supersededAt', 'is', null)
      .executeTakeFirstOrThrow()
    const vault = row.fileSealed ? await findVault(db, row.volunteerId) : null
    if (!vault || !row.fileSealed) throw new NotFound()
    return { ...row, bytes: Buffer.from(vault.open(place('file_sealed', row.id), row.fileSealed), 'base64') }
  },
)

const types: Record<string, string> = { asice: 'application/vnd.etsi.asic-e+zip', pdf: 'application/pdf' }

export async function signedFileOf(
  { bytes, form, kind, signedOn }: Awaited<ReturnType<typeof signedFile.run>>,
  _t: T,
  _me: Person,
): Promise<Sent> {
  return { body: bytes, type: types[form] ?? 'application/octet-stream', name: `${kind}-${signedOn}.${form}` }
}
