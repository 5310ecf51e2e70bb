// Which rounds are there, what would a new one draw from, and how is it drawn once and ended?
import { sql } from 'kysely'
import { z } from 'zod'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, type Message, NotFound } from '../../core/errors.ts'
import { invalid } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { monthEnd, nextMonth } from '../../support/report/month-report.ts'
import { drawAgain } from './draw.ts'
import { sampleSize } from './exact.ts'
import { type Figures, PlanRound, RoundId, type Scope, scopes } from './sample.ts'

export type Round = {
  id: string
  supervisorId: string | null
  fromOn: string
  toOn: string
  percent: number
  confidence: number
  checklist: number
  entries: number
  closed: number
  volunteers: number
  sample: number
  flagged: number
  seed: string
  openedAt: Date
  dueOn: string
  endedAt: Date | null
  figures: Figures | null
  threshold: number | null
}

const roundsWhere = (more = sql`true`) => sql<Round>`
  select id, supervisor_id, from_on, to_on, percent, confidence, checklist, entries, closed, volunteers, sample, flagged, seed, opened_at, due_on,
    ended_at, figures, threshold from sample_round where ${more} order by to_on desc, opened_at desc limit 100`

/** The rounds that the person who asks may know of, the latest first. */
export const roundsIn = async (db: Db): Promise<Round[]> => (await roundsWhere().execute(db)).rows

/** One of them; NotFound where there is none for the person who asks. */
export async function roundOf(db: Db, id: string): Promise<Round> {
  const { rows } = await roundsWhere(sql`id = ${id}`).execute(db)
  const [found] = rows
  if (!found) throw new NotFound()
  return found
}

export const aboutRound = (_: unknown, { round }: { round: Pick<Round, 'id'> }) => ({ kind: 'sample', id: round.id })

/** Which kind somebody begins: the coordinator one of the country, whoever guides one of her own. */
function scopeOf({ roles }: Person, asked: Scope | undefined): Scope {
  const scope = asked ?? (roles.includes('coordinator') ? 'country' : 'own')
  if (!roles.includes(scope === 'own' ? 'supervisor' : 'coordinator')) throw new NotFound()
  return scope
}

type Plan = { entries: number; closed: number; volunteers: number; taken: boolean }

async function planOf(db: Db, scope: string, fromOn: string, toOn: string): Promise<Plan> {
  const { rows } = await sql<Plan>`
    select * from sample_plan(${scope === 'own'}, ${fromOn}::date, ${toOn}::date)`.execute(db)
  return rows[0] ?? { entries: 0, closed: 0, volunteers: 0, taken: false }
}

/** The last three months that are over, but for days of which there has been a round. */
function usualDays(rounds: readonly Round[]): { fromOn: string; toOn: string } {
  const month = today().slice(0, 7)
  const toOn = monthEnd(nextMonth(month, -1))
  const last = rounds
    .map((round) => round.toOn)
    .toSorted()
    .at(-1)
  const [, fromOn = ''] = [`${nextMonth(month, -3)}-01`, last ? addDays(last, 1) : ''].toSorted()
  return fromOn <= toOn ? { fromOn, toOn } : { fromOn, toOn: today() }
}

const typed = z.string().max(40).optional().catch(undefined)
const PlanTyped = z.object({
  scope: z.enum(scopes).optional().catch(undefined),
  ...{ fromOn: typed, toOn: typed, percent: typed, confidence: typed },
})

/** What a round of these days would draw from, and how many of it. */
export const planRound = query(
  'supervision.sample.plan',
  { roles: ['coordinator', 'supervisor'], input: PlanTyped, about: () => ({ kind: 'sample' }) },
  async (db, { scope: asking, ...asked }, me) => {
    const scope = scopeOf(me, asking)
    const { samplePercent, sampleConfidence, sampleFlagged, sampleDays } = await settingsOn(db)
    const mine = (await roundsIn(db)).filter(({ supervisorId }) =>
      scope === 'own' ? supervisorId === me.id : supervisorId === null,
    )
    const usual = { ...usualDays(mine), percent: String(samplePercent), confidence: String(sampleConfidence) }
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value))
    const read = PlanRound.safeParse({ scope, ...usual, ...given })
    const wrong: Record<string, Message> = read.success ? daysWrong(read.data) : invalid(read.error).fields
    const days = { ...usual, ...given }
    if (!read.success || Object.keys(wrong).length > 0) return { scope, days, wrong, plan: null }
    const { fromOn, toOn, percent, confidence } = read.data
    const plan = await planOf(db, scope, fromOn, toOn)
    const size = plan.entries > 0 ? sampleSize(plan.entries, percent, confidence) : 0
    const more = { size, flagged: sampleFlagged, until: addDays(today(), sampleDays) }
    return { scope, days: { fromOn, toOn, percent, confidence }, wrong, plan: { ...plan, ...more } }
  },
)

function daysWrong({ fromOn, toOn }: { fromOn: string; toOn: string }): Record<string, Message> {
  if (toOn > today()) return { toOn: { key: 'supervision.sample.future' } }
  return fromOn > toOn ? { toOn: { key: 'supervision.error.order' } } : {}
}

/** Draws, once and for good; whoever guides is told that something waits for her. */
export const drawRound = command(
  'supervision.sample.draw',
  {
    roles: ['coordinator', 'supervisor'],
    input: PlanRound,
    about: (_, { id }: { id: string; scope: Scope }) => ({ kind: 'sample', id }),
  },
  async (db, { scope: asked, fromOn, toOn, percent, confidence }, me) => {
    const scope = scopeOf(me, asked)
    const wrong = daysWrong({ fromOn, toOn })
    if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
    const { entries, taken } = await planOf(db, scope, fromOn, toOn)
    if (taken) throw new Conflict({ key: 'supervision.sample.taken' })
    if (entries === 0) throw new Invalid({ fromOn: { key: 'supervision.sample.nothing' } })
    const { sampleFlagged, sampleDays } = await settingsOn(db)
    const size = sampleSize(entries, percent, confidence)
    const { rows } = await sql<{
      id: string
    }>`select sample_draw(${scope === 'own'}, ${fromOn}::date, ${toOn}::date, ${percent}::int, ${confidence}::int,
      ${size}::int, ${sampleFlagged}::int, ${addDays(today(), sampleDays)}::date) as id`.execute(db)
    const id = rows[0]?.id ?? ''
    for (const { personId } of scope === 'own' ? [] : await progressOf(db, id))
      if (personId && personId !== me.id) await mailTo(db, personId, 'new-task')
    return { id, scope }
  },
)

export type Progress = { personId: string | null; name: string | null; given: number; looked: number }

/** How far each who guides has come in a round of the country. */
export async function progressOf(db: Db, id: string): Promise<Progress[]> {
  return (await sql<Progress>`select * from sample_progress(${id}::uuid)`.execute(db)).rows
}

/** On its last day whoever has not looked at everything in a round of the country is reminded, once. */
export async function remindOf(db: Db, round: Round): Promise<void> {
  if (round.supervisorId !== null || round.dueOn !== today()) return
  for (const { personId, given, looked } of await progressOf(db, round.id))
    if (personId && looked < given) await mailTo(db, personId, 'reminder', `sample/${round.id}/${personId}`)
}

/** What ending a round stands on. */
export const openEnding = query(
  'supervision.sample.ending',
  { roles: ['coordinator', 'supervisor'], input: RoundId, about: aboutRound },
  async (db, input, me) => {
    const round = await roundOf(db, input.round)
    if (round.endedAt || !mayEnd(me, round)) throw new NotFound()
    const given = round.supervisorId === null ? await progressOf(db, round.id) : await ownProgress(db, round.id)
    return { round, left: given.reduce((sum, one) => sum + one.given - one.looked, 0) }
  },
)

const ownProgress = async (db: Db, id: string) =>
  (
    await sql<{ given: number; looked: number }>`
    select count(*)::int as given, (count(*) filter (where exists (select from sample_look l where l.entry_id = e.id)))::int as looked
    from sample_entry e where e.round_id = ${id} and e.drawn_as is not null`.execute(db)
  ).rows

/** Whoever opened it: a supervisor her own, a coordinator the country's. */
export const mayEnd = (me: Pick<Person, 'id' | 'roles'>, round: Pick<Round, 'supervisorId'>): boolean =>
  round.supervisorId === null ? me.roles.includes('coordinator') : round.supervisorId === me.id

/** Nothing is answered in it any more; what was not looked at is reckoned as what is worse. */
export const endRound = command(
  'supervision.sample.end',
  { roles: ['coordinator', 'supervisor'], input: RoundId, about: aboutRound },
  async (db, input, me) => {
    const round = await roundOf(db, input.round)
    if (!mayEnd(me, round)) throw new NotFound()
    const { rows } = await sql<{ done: boolean }>`select sample_end(${round.id}::uuid) as done`.execute(db)
    if (!rows[0]?.done) throw new Conflict({ key: 'supervision.sample.over' })
    return { round: { id: round.id, country: round.supervisorId === null } }
  },
)

type Lot = { visitId: string; writer: number; flagged: boolean; ticket: string; drawnAs: string | null }

/** The whole lot, drawn once more from its number: does the same come out? */
export const openLot = query(
  'supervision.sample.lot',
  { roles: ['coordinator', 'supervisor'], input: RoundId, about: aboutRound },
  async (db, input) => {
    const round = await roundOf(db, input.round)
    const { rows } = await sql<Lot>`select * from sample_lot(${round.id}::uuid)`.execute(db)
    const list = rows.map(({ visitId, writer, flagged }) => ({ id: visitId, writer, flagged }))
    const again = drawAgain(list, round.seed, round.sample, round.flagged)
    const holds = rows.length === round.entries && rows.every((row) => (again.get(row.visitId) ?? null) === row.drawnAs)
    return { round, lot: rows, holds }
  },
)
