// What is a volunteer told before saying yes or no, and what follows from the answer?
import type { z } from 'zod'
import { tellsTooMuch } from '../../cases/need/need.ts'
import { addMonths } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { placesIn } from '../../partners/places.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import { standingOf } from '../../volunteers/standing.server.ts'
import { countyDistance } from '../goals.ts'
import { Accept, AssignmentId, Decline } from './assignment.ts'

const volunteer = { roles: ['volunteer'] as const }
type Key = { id: string; caseId: string; networkId: string }
const about = (_: unknown, { id, caseId, networkId }: Key) => ({ kind: 'assignment', id, caseId, networkId })

async function card(db: Db, input: z.output<typeof AssignmentId>) {
  const row = await db
    .selectFrom('assignment')
    .innerJoin('need', 'need.id', 'assignment.needId')
    .innerJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .leftJoin('person as supervisor', 'supervisor.id', 'assignment.supervisorId')
    .select(['assignment.id', 'assignment.caseId', 'assignment.networkId'])
    .select(['need.countyCode', 'need.language', 'need.wantedSex', 'need.fromOn', 'need.months', 'need.childCount'])
    .select([
      'need.hours',
      'need.tasks',
      'need.municipalityCode',
      'assignment.createdAt',
      'supervisor.name as supervisor',
    ])
    .select(['volunteer.countyCode as home', 'volunteer.municipalityCode as homeTown', 'volunteer.remoteOnly'])
    .where('assignment.id', '=', input.id)
    .where('assignment.status', '=', 'proposed')
    .executeTakeFirstOrThrow()
  const { counties, municipalities } = await placesIn(db)
  const { municipalityCode, home, homeTown, remoteOnly, childCount, ...card } = row
  const tiles = Object.fromEntries(counties.map(({ code, col, row }) => [code, { col, row }]))
  const near = municipalityCode !== null && municipalityCode === homeTown
  return {
    ...card,
    untilOn: addMonths(row.fromOn, row.months),
    withChildren: childCount > 0,
    // In words only: which municipality it is would say too much.
    steps: remoteOnly ? 9 : near ? 0 : 1 + countyDistance(row.countyCode, home, tiles),
    county: counties.find(({ code }) => code === row.countyCode)?.name ?? '',
    towns: municipalities.filter(({ county }) => county === row.countyCode),
  }
}
export type Proposal = Awaited<ReturnType<typeof card>>

/** The card of a proposal: a county, a language, a length and wishes; nothing that says who or where (R11). */
export const openProposal = query(
  'matching.proposal',
  { ...volunteer, input: AssignmentId, about: (_, output: Proposal) => about(_, output) },
  card,
)

type Waiting = Key & { volunteerId: string; createdBy: string; county: string }

async function waiting(db: Db, id: string): Promise<Waiting> {
  const row = await db
    .selectFrom('assignment')
    .innerJoin('need', 'need.id', 'assignment.needId')
    .select(['assignment.id', 'assignment.caseId', 'assignment.networkId', 'volunteerId', 'assignment.status'])
    .select(['assignment.createdBy', 'need.countyCode as county'])
    .where('assignment.id', '=', id)
    .executeTakeFirstOrThrow()
  if (row.status !== 'proposed') throw new Conflict({ key: 'matching.error.answered' })
  return row
}

/** A yes, with the word that there is no conflict of interest (R14); only now the case is opened. */
export const acceptProposal = command(
  'matching.accept',
  { ...volunteer, input: Accept, about },
  async (db, input, me) => {
    const of = await waiting(db, input.id)
    await mayStill(db, of)
    await say(db, me, of, { kind: 'accepted', noConflictDeclared: true })
    for (const guide of await guidesOf(db, of.volunteerId))
      if (guide !== me.id) await mailAbout(db, of.caseId, guide, 'new-task')
    return keyOf(of)
  },
)

/** Between the question and the answer a contract may have ended; the rules hold on the day of the yes too (R14). */
async function mayStill(db: Db, { volunteerId }: Waiting): Promise<void> {
  const row = await db
    .selectFrom('volunteer')
    .select(['id', 'childContact', 'maxCases'])
    .where('id', '=', volunteerId)
    .executeTakeFirstOrThrow()
  const { readiness } = await standingOf(db, row, await settingsOn(db))
  if (!readiness.mayBeAssigned) throw new Conflict({ key: 'matching.proposal.notReady' })
}

/** A no, with a reason; whom or what place she knows is kept, so that nobody asks again. */
export const declineProposal = command(
  'matching.decline',
  { ...volunteer, input: Decline, about },
  async (db, input, me) => {
    const of = await waiting(db, input.id)
    if (input.reason === 'other' && !input.note) throw new Invalid({ note: { key: 'core.error.missing' } })
    if (tellsTooMuch(input.note)) throw new Invalid({ note: { key: 'cases.need.tooMuch' } })
    if (input.reason === 'knows_place') await tieToPlace(db, me, of, input.municipality)
    if (input.reason === 'knows_person') await addTie(db, me, of, { caseId: of.caseId, municipalityCode: null })
    await say(db, me, of, { kind: 'declined', reasonCode: input.reason, reason: input.note ?? null })
    await mailAbout(db, of.caseId, of.createdBy, 'new-task')
    return keyOf(of)
  },
)

const keyOf = ({ id, caseId, networkId }: Key): Key => ({ id, caseId, networkId })

async function tieToPlace(db: Db, me: Person, of: Waiting, code: string | undefined): Promise<void> {
  const { municipalities } = await placesIn(db)
  const town = municipalities.find((one) => one.code === code && one.county === of.county)
  if (!town) throw new Invalid({ municipality: { key: 'core.error.choose' } })
  const known = await db
    .selectFrom('volunteerTie')
    .select('id')
    .where('volunteerId', '=', of.volunteerId)
    .where('municipalityCode', '=', town.code)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst()
  if (!known) await addTie(db, me, of, { caseId: null, municipalityCode: town.code })
}

type Tie = { caseId: string | null; municipalityCode: string | null }

async function addTie(db: Db, me: Person, { volunteerId }: Waiting, tie: Tie): Promise<void> {
  // Told by the volunteer in the answer to a proposal; the words are the same for all, so that nothing is told by mistake.
  const reason = tie.caseId ? 'Tunneb selle juhtumi inimest' : 'Tunneb selle koha inimesi'
  await db
    .insertInto('volunteerTie')
    .values({ volunteerId, ...tie, reason, recordedBy: me.id })
    .execute()
}

type Said = { kind: 'accepted' | 'declined'; reasonCode?: string; reason?: string | null; noConflictDeclared?: boolean }

async function say(db: Db, me: Person, { id, caseId, networkId }: Key, said: Said): Promise<void> {
  await db
    .insertInto('assignmentEvent')
    .values({ caseId, networkId, assignmentId: id, onDate: today(), recordedBy: me.id, ...said })
    .execute()
}
