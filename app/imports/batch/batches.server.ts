// What does the coordinator see of an uploaded workbook, and what may she decide before it is taken over?
import type { Selectable } from 'kysely'
import type { ImportBatch } from '../../../db/tables.gen.ts'
import { mustBeFresh } from '../../access/fresh.ts'
import { now } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { supervisorsIn } from '../../volunteers/volunteers.server.ts'
import type { HoursValues } from '../hours-sheet.ts'
import type { Preview } from '../preview.ts'
import { BatchId, type Counts, Decide, OpenBatch } from './batch.ts'
import { type Content, openContent, sealContent } from './content.server.ts'
import { type Plan, planOf } from './plan.ts'
import { eachRow, type Register, readAgainst } from './register.server.ts'
import { chosenSupervisors, type Named, supervisorsNamed } from './supervisors.server.ts'

const coordinator = { roles: ['coordinator'] } as const
const about = (input: { id: string }) => ({ kind: 'import', id: input.id })

export type Waiting = {
  content: Content
  register: Register
  plan: Plan
  supervisors: Named[]
  people: { id: string; name: string }[]
}

const pickedIn = ({ left, keepNotes }: Content) => ({ left: new Set(left), keepNotes: new Set(keepNotes) })

/** The workbook read against the register of this moment, with what was decided of it so far. */
export async function waitingIn(db: Db, content: Content): Promise<Waiting> {
  const register = await readAgainst(db, content)
  const plan = planOf(register.preview, register.standings, pickedIn(content), register.present)
  const people = await supervisorsIn(db)
  const supervisors = supervisorsNamed(register.preview, people, content.supervisors)
  return { content, register, plan, supervisors, people }
}

export async function findBatch(db: Db, id: string) {
  const columns = ['id', 'sha256', 'state', 'counts', 'madeAt', 'decidedAt', 'previewSealed'] as const
  return db.selectFrom('importBatch').select(columns).where('id', '=', id).executeTakeFirstOrThrow()
}

/** The batch and its content, held until the end of the transaction; Conflict where it no longer waits. */
export async function holdBatch(db: Db, id: string): Promise<Content> {
  const batch = await db
    .selectFrom('importBatch')
    .select(['state', 'previewSealed'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (batch.state !== 'previewed' || !batch.previewSealed) throw new Conflict({ key: 'imports.decided' })
  return openContent(db, id, batch.previewSealed)
}

/** One batch: while it waits with every row and its fate, afterwards only with its numbers. */
export const openBatch = query('import.open', { ...coordinator, input: OpenBatch, about }, async (db, view) => {
  const { previewSealed, ...batch } = await findBatch(db, view.id)
  const head = { ...batch, counts: batch.counts as unknown as Counts }
  if (!previewSealed) return { view, batch: head, waiting: null }
  const content = await openContent(db, view.id, previewSealed)
  const { plan, supervisors, people, register } = await waitingIn(db, content)
  const returned = eachRow(register.preview).filter(({ row }) => row.original !== null).length
  const sheet = Math.min(view.sheet, plan.sheets.length - 1)
  const questions = questionsIn(register.asking, content.choices)
  const waiting = { plan, preview: register.preview, questions, supervisors, people, returned }
  return { view: { ...view, sheet }, batch: head, waiting }
})

/** Each name that fits several people, once for each case, with the answer given so far. */
export function questionsIn(asking: Preview, choices: Content['choices']) {
  const rows = eachRow(asking).flatMap(({ row }) => (row.choice ? [{ choice: row.choice, row }] : []))
  return [...Map.groupBy(rows, ({ choice }) => choice.id)].flatMap(([id, [first, ...rest]]) => {
    if (!first) return []
    const values = first.row.values as Partial<HoursValues>
    const { volunteerName: name = '', caseNumber = '' } = values
    return [
      { id, name, caseNumber, rows: rest.length + 1, candidates: first.choice.candidates, chosen: choices[id] ?? '' },
    ]
  })
}

/** What changes by a form: rows that stood on the page and are no longer ticked, whom was meant, who guides. */
export function decided(waiting: Waiting, given: Decide): Content {
  const { content, supervisors, people } = waiting
  const [seen, noted] = [new Set(given.seen), new Set(given.noteSeen)]
  const left = [...content.left.filter((id) => !seen.has(id)), ...given.seen.filter((id) => !given.take.includes(id))]
  const kept = content.keepNotes.filter((id) => !noted.has(id))
  const keepNotes = [...kept, ...given.keepNote.filter((id) => noted.has(id))]
  const asked = new Set(eachRow(waiting.register.asking).flatMap(({ row }) => (row.choice ? [row.choice.id] : [])))
  const answered = Object.entries(given.choices).filter(([id]) => asked.has(id))
  return {
    ...content,
    left,
    keepNotes,
    choices: { ...content.choices, ...Object.fromEntries(answered) },
    supervisors: { ...content.supervisors, ...chosenSupervisors(supervisors, people, given) },
  }
}

export const decideBatch = command('import.decide', { ...coordinator, input: Decide, about }, async (db, given) => {
  const waiting = await waitingIn(db, await holdBatch(db, given.id))
  const sealed = sealContent(await openVault(db, given.id), given.id, decided(waiting, given))
  await db.updateTable('importBatch').set({ previewSealed: sealed }).where('id', '=', given.id).execute()
  return { id: given.id, sheet: given.sheet, show: given.show, page: given.page }
})

export const discardBatch = command('import.discard', { ...coordinator, input: BatchId, about }, async (db, { id }) => {
  await holdBatch(db, id)
  await closeBatch(db, id, { state: 'discarded' })
  return { id }
})

/** Ends the waiting: what stood in the workbook is dropped, its numbers stay. */
export async function closeBatch(
  db: Db,
  id: string,
  end: Partial<Pick<Selectable<ImportBatch>, 'state'>> & { counts?: string },
) {
  await db
    .updateTable('importBatch')
    .set({ ...end, previewSealed: null, decidedAt: now() })
    .where('id', '=', id)
    .execute()
}

/** What goes back to the author of the workbook. */
export const openReturned = query(
  'import.returned',
  { ...coordinator, input: BatchId, about, turn: 'export' },
  async (db, { id }, me) => {
    mustBeFresh(me)
    const { previewSealed } = await findBatch(db, id)
    if (!previewSealed) throw new Conflict({ key: 'imports.decided' })
    const { preview } = await readAgainst(db, await openContent(db, id, previewSealed))
    return preview
  },
)
