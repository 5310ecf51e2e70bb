// Which entries does a test have reviewed, and how is each answered?
import type { Person } from '../app/core/user.ts'
import { lookAt } from '../app/supervision/sample/looks.server.ts'
import { drawRound } from '../app/supervision/sample/rounds.server.ts'
import { logVisit } from '../app/support/visit/visits.server.ts'
import type { Cast } from './cast.ts'
import { dayFromNow } from './substitution.ts'
import { givenSupport, type Support, usualVisit } from './support.ts'

export type Span = { fromOn: string; toOn: string; percent: string; confidence: string }
/** So many days up to today, 10 % looked for with 95 %. */
export const lastDays = (days: number, more: Partial<Span> = {}): Span => ({
  ...{ fromOn: dayFromNow(-days), toOn: dayFromNow(0), percent: '10', confidence: '95' },
  ...more,
})

/** So many entries of somebody, one a day before today. */
export async function writtenBy(who: Person, assignment: string, count: number, from = 1): Promise<void> {
  for (let ago = from; ago < from + count; ago++)
    await logVisit.run(who, { ...usualVisit, assignment, day: dayFromNow(-ago) })
}

/** Nothing was reviewed yet; one support runs, and in it Lou has written so many entries of which none is marked. */
export async function onlyEntries(cast: Cast, count: number): Promise<Support> {
  await cast.admin.query(
    'truncate sample_topic, sample_look, visit_reading, sample_entry, sample_round, concern cascade',
  )
  await cast.admin.query('delete from visit')
  await cast.admin.query(`update assignment set status = 'ended', end_on = start_on where status = 'active'`)
  const support = await givenSupport(cast, dayFromNow(-80))
  await writtenBy(cast.lou, support.assignment, count)
  await cast.admin.query(`update visit set outside = '{}'`)
  return support
}

export type DrawnEntry = { id: string; visitId: string; drawnAs: string | null }
/** A round with what was drawn in it, in the order of the lot. */
export async function drawnBy(cast: Cast, who: Person, scope: 'own' | 'country', span: Span) {
  const { id } = await drawRound.run(who, { scope, ...span })
  const { rows } = await cast.admin.query<DrawnEntry>(
    `select id, visit_id as "visitId", drawn_as as "drawnAs" from sample_entry where round_id = $1 order by ticket`,
    [id],
  )
  return { round: id, entries: rows, drawn: rows.filter(({ drawnAs }) => drawnAs !== null) }
}

/** Everything is in order, but for what `no` names by its number from 1; `notes` by the same numbers. */
export const answered = (no: readonly number[] = [], notes: Record<number, string> = {}) =>
  Object.fromEntries([
    ...[1, 2, 3, 4, 5].map((nth) => [`answer${nth}`, no.includes(nth) ? 'no' : 'yes']),
    ...Object.entries(notes).map(([nth, note]) => [`note${nth}`, note]),
  ])

/** Looks at all of these; of the first so many the second question is wanting. */
export async function lookAtAll(who: Person, round: string, drawn: readonly DrawnEntry[], wanting = 0): Promise<void> {
  for (const [at, { id: entry }] of drawn.entries())
    await lookAt.run(who, { round, entry, ...answered(at < wanting ? [2] : []) })
}
