// How is an assignment taken back, ended or handed over, and how is one more place opened to the support person?

import type { z } from 'zod'
import { placesOf, renewBrief } from '../../cases/identity/places.server.ts'
import { openPlace, sealReason, startLook } from '../../cases/identity/reveal.server.ts'
import { tellsTooMuch } from '../../cases/need/need.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import { End, Handover, LookAtPlace, OpenPlace, Withdraw } from './assignment.ts'

type Key = { id: string; caseId: string; networkId: string }
const about = (_: unknown, { id, caseId, networkId }: Key) => ({ kind: 'assignment', id, caseId, networkId })
const coordinator = { roles: ['coordinator'] as const }
/** The lead ends what the own network no longer needs; finding somebody else is the coordinator's. */
const enders = { roles: ['coordinator', 'lead'] as const }

type Row = Key & { needId: string; volunteerId: string; personId: string | null; status: string }

async function standing(db: Db, id: string): Promise<Row> {
  return db
    .selectFrom('assignment')
    .leftJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .select(['assignment.id', 'assignment.caseId', 'assignment.networkId', 'needId', 'assignment.status'])
    .select(['assignment.volunteerId', 'volunteer.personId'])
    .where('assignment.id', '=', id)
    .executeTakeFirstOrThrow()
}

type Ending = { reason: string; note?: string | undefined }

async function finish(db: Db, me: Person, row: Row, kind: 'withdrawn' | 'ended', { reason, note }: Ending) {
  if (reason === 'other' && !note) throw new Invalid({ note: { key: 'core.error.missing' } })
  if (tellsTooMuch(note)) throw new Invalid({ note: { key: 'cases.need.tooMuch' } })
  const { id, caseId, networkId } = row
  // Asked while it runs: afterwards she is no longer among those whom the lead knows. A question that is taken back leaves nothing to do.
  const concerned = kind === 'ended' ? [row.personId, ...(await guidesOf(db, row.volunteerId))] : []
  await db
    .insertInto('assignmentEvent')
    .values({
      ...{ caseId, networkId, assignmentId: id, kind, onDate: today(), recordedBy: me.id },
      ...{ reasonCode: reason, reason: note ?? null },
    })
    .execute()
  for (const person of concerned) if (person && person !== me.id) await mailAbout(db, caseId, person, 'new-task')
  return { id, caseId, networkId, need: row.needId, matches: me.roles.includes('coordinator') }
}

/** Takes a question back that has not been answered; the need is open again. */
export const withdrawProposal = command(
  'assignment.withdraw',
  { ...enders, input: Withdraw, about },
  async (db, input, me) => {
    const row = await standing(db, input.id)
    if (row.status !== 'proposed') throw new Conflict({ key: 'matching.error.answered' })
    return finish(db, me, row, 'withdrawn', input)
  },
)

/** Ends the support today; what the support person could see of the case closes at once (R11). */
export const endAssignment = command('assignment.end', { ...enders, input: End, about }, async (db, input, me) => {
  const row = await standing(db, input.id)
  if (row.status !== 'active') throw new Conflict({ key: 'matching.error.notActive' })
  return finish(db, me, row, 'ended', input)
})

/** Ends one support so that another may follow: the need is open again, and whoever is chosen follows this one. */
export const handOver = command(
  'assignment.hand-over',
  { ...coordinator, input: Handover, about },
  async (db, input, me) => {
    const row = await standing(db, input.id)
    if (row.status !== 'active') throw new Conflict({ key: 'matching.error.notActive' })
    return finish(db, me, row, 'ended', input)
  },
)

/** The supervisor opens one place to her support person, or closes it; the earlier brief stays in the history (R11). */
export const openToSupport = command(
  'assignment.open-place',
  { roles: ['supervisor'], input: OpenPlace, about, oneByOne: ({ id }) => `assignment/${id}` },
  async (db, input, me) => {
    const { id, caseId, networkId, status } = await standing(db, input.id)
    if (status !== 'active') throw new Conflict({ key: 'matching.error.notActive' })
    const places = await placesOf(db, caseId)
    const place = places.find((one) => one.id === input.place)
    if (!place) throw new NotFound()
    if (place.kind === 'safe_contact') throw new Conflict({ key: 'matching.places.always' })
    const now = await openNow(db, caseId)
    const opened = input.open === 'yes' ? [...now, place.id] : now.filter((one) => one !== place.id)
    await renewBrief(db, me, { caseId, networkId }, undefined, opened)
    return { id, caseId, networkId }
  },
)

async function openNow(db: Db, caseId: string): Promise<string[]> {
  const brief = await db
    .selectFrom('caseBrief')
    .select('whereaboutsIds')
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  return brief?.whereaboutsIds ?? []
}

const purpose = 'contact'

async function look(db: Db, { id, place }: z.output<typeof LookAtPlace>, me: Person) {
  const { caseId, networkId, status } = await standing(db, id)
  if (status !== 'active') throw new NotFound()
  const until = await startLook(db, me, { caseId, networkId, what: 'whereabouts', item: place, purpose })
  return { id, caseId, networkId, until, ...(await openPlace(db, caseId, place)) }
}

/** The support person looks at one place that is open to her, for some minutes; every look is written down (R13). */
export const lookAtPlace = command(
  'assignment.look',
  {
    roles: ['volunteer'],
    input: LookAtPlace,
    about: (input, { caseId, networkId }: Awaited<ReturnType<typeof look>>) => ({
      ...{ kind: 'case-whereabouts', id: input.place, caseId, networkId, reason: sealReason(purpose) },
    }),
  },
  look,
)
