// How does a file that a coordinator chose become a batch that waits for her yes?
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, type Message } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { makeVault } from '../../core/seal.server.ts'
import { previewOf } from '../preview.ts'
import type { RawSheet } from '../sheet.ts'
import { maxBytes, openWorkbook } from '../workbook.server.ts'
import type { Counts, State } from './batch.ts'
import { sealContent } from './content.server.ts'

type Workbook = { sha256: string; sheets: RawSheet[]; counts: Counts }

async function workbookFrom(raw: unknown): Promise<Workbook> {
  if (!(raw instanceof File) || (raw.size === 0 && !raw.name))
    throw new Invalid({ file: { key: 'imports.upload.missing' } })
  const tooBig: Message = { key: 'imports.refused.tooBig', args: { max: maxBytes / 1_000_000 } }
  if (raw.size > maxBytes) throw new Invalid({ file: tooBig })
  const bytes = Buffer.from(await raw.arrayBuffer())
  const sheets = await openWorkbook(bytes)
  const preview = previewOf(sheets)
  if (preview.sheets.length === 0) throw new Invalid({ file: { key: 'imports.refused.nothingKnown' } })
  const counts = { sheets: preview.sheets.map(({ kind, counts }) => ({ kind, ...counts })) }
  return { sha256: createHash('sha256').update(bytes).digest('hex'), sheets, counts }
}

// The file is opened while the form is read, before there is a transaction that a slow file could hold.
export const UploadWorkbook = z.object({
  file: z
    .unknown()
    .transform(async (raw, ctx): Promise<Workbook> => {
      try {
        return await workbookFrom(raw)
      } catch (error) {
        const said = error instanceof Invalid ? error.fields.file : undefined
        if (!said) throw error
        ctx.addIssue({ code: 'custom', message: said.key, params: said.args })
        return z.NEVER
      }
    })
    .meta({ kind: 'file', label: 'imports.upload.file', hint: 'imports.upload.fileHint' }),
})

const coordinator = { roles: ['coordinator'] } as const

/** Opens the workbook and keeps its cells sealed until they are taken over or thrown away. The same file again leads to the batch that waits. */
export const uploadWorkbook = command(
  'import.upload',
  {
    ...coordinator,
    input: UploadWorkbook,
    about: (_, output: { id: string }) => ({ kind: 'import', id: output.id }),
    turn: 'upload',
  },
  async (db, { file }, me) => {
    const waiting = await db
      .selectFrom('importBatch')
      .select('id')
      .where('sha256', '=', file.sha256)
      .where('state', '=', 'previewed')
      .executeTakeFirst()
    if (waiting) return waiting
    const id = randomUUID()
    const row = { id, sha256: file.sha256, counts: JSON.stringify(file.counts), madeBy: me.id }
    await db.insertInto('importBatch').values(row).execute()
    const vault = await makeVault(db, { kind: 'import', id })
    const content = { sheets: file.sheets, left: [], keepNotes: [], choices: {}, supervisors: {} }
    await db
      .updateTable('importBatch')
      .set({ previewSealed: sealContent(vault, id, content) })
      .where('id', '=', id)
      .execute()
    return { id }
  },
)

/** Workbooks about which nothing has been decided yet, the oldest first. */
export function waitingBatches(db: Db): Promise<{ id: string; madeAt: Date }[]> {
  return db
    .selectFrom('importBatch')
    .select(['id', 'madeAt'])
    .where('state', '=', 'previewed')
    .orderBy('madeAt')
    .execute()
}

/** The workbooks this coordinator has brought, the latest first. */
export const listBatches = query('import.list', { ...coordinator, input: z.object({}) }, async (db) => {
  const rows = await db
    .selectFrom('importBatch')
    .select(['id', 'sha256', 'state', 'counts', 'madeAt', 'decidedAt'])
    .orderBy('madeAt', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as State, counts: row.counts as unknown as Counts }))
})
