// Which entries of a round are mine to look at, what was answered about one, and what becomes of what was found?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { type Locale, translator } from '../../i18n/i18n.ts'
import { readingsOf, writeReading } from '../../support/feedback/readings.server.ts'
import { openVisitRow } from '../../support/visit/visits-read.server.ts'
import { questionsIn } from './checklist.server.ts'
import type { DrawnAs } from './draw.ts'
import { aboutRound, type Round, roundOf } from './rounds.server.ts'
import { type Answer, answerField, EntryId, findingsIn, type Look, LookAt, noteField, RoundId } from './sample.ts'

export type Given = {
  id: string
  number: string
  name: string
  onDate: string
  drawnAs: DrawnAs
  looked: boolean
  wanting: boolean
  /** The case can be read, whoever wrote it was not erased, and it was not whoever asks: it can be looked at. */
  open: boolean
}

/** What was drawn in a round and is for the person who asks to look at, in the order of the lot. */
export async function givenTo(db: Db, me: Person, round: string): Promise<Given[]> {
  const { rows } = await sql<Given>`
    select e.id, v.number, w.name, v.on_date, e.drawn_as, l.answers is not null as looked, coalesce('no' = any (l.answers), false) as wanting,
      e.case_id = any ((select auth_supervised())::uuid[]) and v.recorded_by <> ${me.id} and w.person_id is distinct from ${me.id}
        and w.name <> w.code as open
    from sample_entry e join visit v on v.id = e.visit_id join volunteer w on w.id = e.volunteer_id
      left join lateral (select o.answers from sample_look o where o.entry_id = e.id order by o.looked_at desc limit 1) l on true
    where e.round_id = ${round} and e.drawn_as is not null order by e.ticket`.execute(db)
  return rows
}

/** One round with its entries, for whoever guides those who wrote them. */
export const openRound = query(
  'supervision.sample.open',
  {
    roles: ['supervisor'],
    input: RoundId,
    about: (input: unknown, output: { round: Round; given: Given[] }) => ({
      ...aboutRound(input, output),
      hits: output.given.length,
    }),
  },
  async (db, input, me) => {
    const round = await roundOf(db, input.round)
    const questions = await questionsIn(db, round.checklist)
    return { round, questions, given: await givenTo(db, me, round.id), today: today() }
  },
)

const notesPlace = (row: string) => ({ table: 'sample_look', column: 'notes_sealed', row })

/** What was answered last; the notes where the key of the case is (still) for the person who asks. */
export async function lookOf(db: Db, entry: { id: string; caseId: string }): Promise<Look | null> {
  const row = await db
    .selectFrom('sampleLook')
    .leftJoin('person', 'person.id', 'lookedBy')
    .select(['sampleLook.id', 'answers', 'notesSealed', 'lookedAt', 'person.name as by'])
    .where('entryId', '=', entry.id)
    .orderBy('lookedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const vault = row.notesSealed ? await findVault(db, entry.caseId) : null
  const notes =
    row.notesSealed && vault ? (JSON.parse(vault.open(notesPlace(row.id), row.notesSealed)) as string[]) : []
  const closed = row.notesSealed !== null && !vault
  return { id: row.id, answers: (row.answers ?? []) as Answer[], notes, closed, by: row.by, at: row.lookedAt }
}

async function lookedThrough(db: Db, me: Person, input: z.output<typeof EntryId>) {
  const round = await roundOf(db, input.round)
  const entry = await db
    .selectFrom('sampleEntry')
    .innerJoin('volunteer', 'volunteer.id', 'volunteerId')
    .select(['sampleEntry.id', 'visitId', 'caseId', 'networkId', 'volunteerId'])
    .select(sql<DrawnAs>`drawn_as`.as('drawnAs'))
    .where('sampleEntry.id', '=', input.entry)
    .where('roundId', '=', round.id)
    .where('drawnAs', 'is not', null)
    // Whoever was erased has her code for a name; nothing is answered about her any more.
    .whereRef('volunteer.name', '<>', 'volunteer.code')
    .executeTakeFirstOrThrow()
  const visit = await openVisitRow(db, me, entry.visitId)
  if (visit.mine || visit.recordedBy === me.id) throw new NotFound()
  const questions = await questionsIn(db, round.checklist)
  return { round, entry, visit, questions, look: await lookOf(db, entry) }
}
type Opened = Awaited<ReturnType<typeof lookedThrough>>

const about = (_: unknown, { visit }: { visit: { id: string; caseId: string; networkId: string } }) => ({
  kind: 'visit',
  id: visit.id,
  caseId: visit.caseId,
  networkId: visit.networkId,
})

/** One entry with what is asked about it; that it was opened stands in the log like any other reading. */
export const openLook = query(
  'supervision.sample.entry',
  { roles: ['supervisor'], input: EntryId, about },
  async (db, input, me) => {
    const opened = await lookedThrough(db, me, input)
    const given = await givenTo(db, me, opened.round.id)
    const readings = await readingsOf(db, opened.visit)
    const topic = await db.selectFrom('sampleTopic').select('id').where('entryId', '=', input.entry).executeTakeFirst()
    return {
      ...opened,
      given,
      readings,
      replied: readings.some(({ entryId }) => entryId === input.entry),
      topic: topic !== undefined,
    }
  },
)

/** Answers the checklist; until the round ends it can be answered anew, after reading what stands there. */
export const lookAt = command(
  'supervision.sample.look',
  { roles: ['supervisor'], input: LookAt, about, oneByOne: ({ entry }) => `look/${entry}` },
  async (db, input, me) => {
    const { round, entry, visit, questions, look } = await lookedThrough(db, me, input)
    if (round.endedAt) throw new Conflict({ key: 'supervision.sample.over' })
    mustHaveRead(input.seen, look?.id ?? null)
    const typed = input as Record<string, unknown>
    const answers = questions.map((_, nth) => typed[answerField(nth)] as Answer | undefined)
    const missing = answers.flatMap((answer, nth) =>
      answer ? [] : [[answerField(nth), { key: 'core.error.choose' }] as const],
    )
    if (missing.length > 0) throw new Invalid(Object.fromEntries(missing))
    const notes = questions.map((_, nth) => String(typed[noteField(nth)] ?? ''))
    const id = randomUUID()
    const vault = await openVault(db, entry.caseId)
    const { networkId, caseId, volunteerId } = entry
    await db
      .insertInto('sampleLook')
      .values({
        ...{ id, networkId, caseId, volunteerId, entryId: entry.id, follows: look?.id ?? null, lookedBy: me.id },
        answers: answers as string[],
        notesSealed: notes.some(Boolean) ? vault.seal(notesPlace(id), JSON.stringify(notes)) : null,
      })
      .execute()
    const next = (await givenTo(db, me, round.id)).find((one) => one.open && !one.looked)
    return {
      visit: { id: visit.id, caseId, networkId },
      round: round.id,
      entry: entry.id,
      wanting: answers.includes('no'),
      next: next?.id ?? null,
    }
  },
)

/** What was found, to be done something with; Conflict where nothing was. */
async function found(db: Db, me: Person, input: z.output<typeof EntryId>) {
  const opened = await lookedThrough(db, me, input)
  const findings = opened.look ? findingsIn(opened.questions, opened.look) : []
  if (findings.length === 0) throw new Conflict({ key: 'supervision.sample.nothingFound' })
  return { ...opened, findings }
}

/** In the words of the support person's own language: what is asked, and what was noted. */
function replyTo(findings: ReturnType<typeof findingsIn>, locale: Locale): string {
  const lines = findings.map(({ question, note }) => (note ? `${question[locale]} ${note}` : question[locale]))
  return [translator(locale)('supervision.sample.replyStart'), ...lines].join('\n')
}

async function localeOf(db: Db, volunteerId: string): Promise<Locale> {
  const row = await db
    .selectFrom('volunteer')
    .innerJoin('person', 'person.id', 'volunteer.personId')
    .select(sql<Locale>`person.locale`.as('locale'))
    .where('volunteer.id', '=', volunteerId)
    .executeTakeFirst()
  return row?.locale ?? 'et'
}

/** One press: what was found goes to the one who wrote, where she sees that her entry was read. */
export const replyFromLook = command(
  'supervision.sample.reply',
  { roles: ['supervisor'], input: EntryId, about },
  async (db, input, me) => {
    const { entry, visit, findings } = await found(db, me, input)
    if ((await readingsOf(db, visit)).some(({ entryId }) => entryId === entry.id))
      throw new Conflict({ key: 'supervision.sample.replied' })
    await writeReading(db, me, visit, replyTo(findings, await localeOf(db, visit.volunteerId)), entry.id)
    return told(visit)
  },
)

/** One press: it waits on the page of the next talk with her. */
export const topicFromLook = command(
  'supervision.sample.topic',
  { roles: ['supervisor'], input: EntryId, about },
  async (db, input, me) => {
    const { entry, visit } = await found(db, me, input)
    const { networkId, caseId, volunteerId } = entry
    await db
      .insertInto('sampleTopic')
      .values({ networkId, caseId, entryId: entry.id, volunteerId, putBy: me.id, id: randomUUID() })
      .execute()
    return told(visit)
  },
)

const told = ({ id, caseId, networkId }: Opened['visit']) => ({ visit: { id, caseId, networkId } })
