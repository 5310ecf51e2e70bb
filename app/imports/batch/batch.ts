// What may be asked of an uploaded workbook: which rows to look at, which to take, whom was meant?
import { z } from 'zod'
import { id } from '../../core/form/fields.ts'
import { fates, type PlannedRow } from './plan.ts'

/** Which rows a link shows: all, those that ask for a look, those of one outcome or of one fate. */
export const shows = ['all', 'check', 'accepted', 'normalised', ...fates] as const
export type Show = (typeof shows)[number]
export const perPage = 25

const place = z.coerce.number().int().min(0).max(100)
export const View = {
  id: id(),
  sheet: place.catch(0),
  show: z.enum(shows).catch('all'),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
}
export const OpenBatch = z.object(View)
export const BatchId = z.object({ id: id() })

const words = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')

function named(form: Record<string, unknown>, prefix: string): Record<string, string> {
  const entries = Object.entries(form).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), words(value)[0]?.trim() ?? '']))
}

// Questions are as many as the workbook raises, so their fields are gathered by the beginning of their names.
function gathered(raw: unknown) {
  const form = (raw ?? {}) as Record<string, unknown>
  return {
    ...form,
    seen: words(form.seen),
    take: words(form.take),
    noteSeen: words(form.noteSeen),
    keepNote: words(form.keepNote),
    choices: named(form, 'choice.'),
    supervisors: named(form, 'supervisor.'),
    emails: named(form, 'email.'),
  }
}

const answers = z.record(z.string(), z.string().max(200))
const ids = z.array(z.string().max(20)).max(10_000)
/** `seen` are the rows that stood on the page, `take` those of them that stayed ticked; notes alike. */
export const Decide = z.preprocess(
  gathered,
  z.object({
    ...View,
    seen: ids,
    take: ids,
    noteSeen: ids,
    keepNote: ids,
    choices: answers,
    supervisors: answers,
    emails: answers,
  }),
)
export type Decide = z.output<typeof Decide>

export type State = 'previewed' | 'committed' | 'discarded'

/** What `import_batch.counts` keeps: numbers only, after the rows themselves are gone. */
export type Made = { volunteers: number; needs: number; hours: number; supervisors: number }
export type Counts = {
  sheets: {
    kind: 'volunteers' | 'needs' | 'hours'
    accepted: number
    normalised: number
    duplicate: number
    refused: number
  }[]
  made?: Made
}

/** Does a row stand under this filter? */
export function isShown({ row, fate }: PlannedRow, show: Show): boolean {
  if (show === 'all') return true
  if (show === 'check') return row.choice !== null || row.cells.some((cell) => cell.checks.length > 0)
  if (show === 'accepted' || show === 'normalised') return row.outcome === show
  return fate === show
}

/** Was this row ticked in a form that came back? Undefined where the row did not stand in it. */
export function tickedIn(
  values: Record<string, unknown>,
  [seen, ticked]: [string, string],
  id: string,
): boolean | undefined {
  return words(values[seen]).includes(id) ? words(values[ticked]).includes(id) : undefined
}

/** The address of a batch, or of one of its buttons (`/commit`), under a filter. */
export function addressOf(
  batch: string,
  view: { sheet?: number; show?: Show; page?: number } = {},
  button = '',
): string {
  const { sheet = 0, show = 'all', page = 1 } = view
  const query = new URLSearchParams()
  if (sheet > 0) query.set('sheet', String(sheet))
  if (show !== 'all') query.set('show', show)
  if (page > 1) query.set('page', String(page))
  return `/imports/${batch}${button}${query.size > 0 ? `?${query}` : ''}`
}

/** A fingerprint as it is compared by eye: the beginning, in fours. */
export const fingerprint = (sha256: string) => sha256.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ')
