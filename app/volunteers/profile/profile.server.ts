// What does one volunteer's profile say, and how much of it does each reader need?
import { z } from 'zod'
import { accountStands, accountStates } from '../../access/invitation/invitations.server.ts'
import { isAskedFor } from '../../access/two-people/confirmations.server.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { id } from '../../core/form/fields.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { placesIn } from '../../partners/places.server.ts'
import { limitsOfOne } from '../limits/limits.server.ts'
import { standingOf } from '../standing.server.ts'
import { type EvidenceKind, inOrder, type Status } from '../volunteer.ts'
import { readers, roleInForce, supervisorsIn } from '../volunteers.server.ts'

const about = (_: unknown, output: { id: string }) => ({ kind: 'volunteer', id: output.id })

export const openVolunteer = query(
  'volunteer.open',
  { roles: readers, input: z.object({ id: id() }), about },
  async (db, { id }, me) => {
    const row = await shown(db).where('id', '=', id).executeTakeFirstOrThrow()
    return profileOf(db, row, me)
  },
)

/** The volunteer's own record; nobody else's can be asked for. */
export const openOwnProfile = query(
  'volunteer.own',
  { roles: ['volunteer'], input: z.object({}), about },
  async (db, _, me) => {
    const row = await shown(db).where('personId', '=', me.id).executeTakeFirstOrThrow()
    return profileOf(db, row, me)
  },
)

export type Opened = Awaited<ReturnType<typeof profileOf>>

const shown = (db: Db) =>
  db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'email', 'phone', 'birthYear', 'sex', 'occupation', 'personId', 'version'])
    .select(['countyCode', 'municipalityCode', 'languages', 'hasCar', 'remoteOnly', 'childContact', 'maxCases'])
    .select(['childContactReason', 'availability', 'notes', 'supervisorId', 'personalCodeIndex'])

type Row = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

async function profileOf(db: Db, row: Row, me: Person) {
  const settings = await settingsOn(db)
  const { backgroundMonths, trainingMonths, maxActiveCases } = settings
  const { personalCodeIndex, personId, ...rest } = row
  const whole = readsAll(me)
  return {
    ...rest,
    // A network that works beside a volunteer needs to know who and when, not why or what was noted.
    notes: whole ? rest.notes : null,
    childContactReason: whole ? rest.childContactReason : null,
    birthYear: whole ? rest.birthYear : null,
    whole,
    hasPersonalCode: personalCodeIndex !== null,
    ...(await accountOf(db, row, me)),
    standing: await standingOf(db, row, settings),
    places: await placesIn(db),
    areas: await areasOf(db, row.id),
    papers: whole ? await papersOf(db, row.id) : [],
    history: whole ? await historyOf(db, row.id) : [],
    ties: await tiesOf(db, row.id),
    aways: await awaysOf(db, row.id),
    limits: await limitsOfOne(db, row.id),
    supervisors: await supervisorsIn(db),
    supervisor: await nameOf(db, row.supervisorId),
    settings: { backgroundMonths, trainingMonths, maxActiveCases },
  }
}

/** How far the volunteer is on the way in: told to the coordinator; their supervisor hears only whether there are keys to lose. */
async function accountOf(db: Db, { personId, supervisorId }: Row, me: Person) {
  const hasAccount = personId !== null && (await roleInForce(db, personId, 'volunteer')) !== undefined
  const keeps = me.roles.includes('coordinator')
  if (personId === null || !(keeps || supervisorId === me.id)) return { hasAccount, personId: null, account: null }
  if (!hasAccount) {
    const waits = keeps && (await isAskedFor(db, personId, 'volunteer'))
    return { hasAccount, personId, account: waits ? ('waits' as const) : null }
  }
  if (!keeps) return { hasAccount, personId, account: (await accountStands(db, personId)) ? ('ready' as const) : null }
  return { hasAccount, personId, account: (await accountStates(db)).get(personId)?.state ?? null }
}

const readsAll = (me: Person) => me.roles.some((role) => role !== 'lead' && role !== 'member')

function areasOf(db: Db, volunteerId: string) {
  return db
    .selectFrom('volunteerArea')
    .select(['countyCode as county', 'municipalityCode as municipality'])
    .where('volunteerId', '=', volunteerId)
    .orderBy('countyCode')
    .orderBy('municipalityCode')
    .execute()
}

async function papersOf(db: Db, volunteerId: string) {
  const rows = await db
    .selectFrom('volunteerEvidence as paper')
    .leftJoin('person', 'person.id', 'paper.recordedBy')
    .select(['paper.id', 'paper.kind', 'validFrom', 'validTo', 'passed', 'checkedBy', 'recordedAt', 'supersededAt'])
    .select(['supersededReason', 'person.name as recordedBy'])
    .where('volunteerId', '=', volunteerId)
    .orderBy('validFrom', 'desc')
    .orderBy('recordedAt', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as EvidenceKind, superseded: row.supersededAt !== null }))
}

async function historyOf(db: Db, volunteerId: string) {
  const rows = await db
    .selectFrom('volunteerStatus as line')
    .leftJoin('person', 'person.id', 'line.recordedBy')
    .select(['line.status', 'fromOn', 'untilOn', 'reason', 'recordedAt', 'person.name as recordedBy'])
    .where('volunteerId', '=', volunteerId)
    .execute()
  return inOrder(rows.map((row) => ({ ...row, status: row.status as Status })))
}

function tiesOf(db: Db, volunteerId: string) {
  return db
    .selectFrom('volunteerTie')
    .innerJoin('municipality', 'municipality.code', 'volunteerTie.municipalityCode')
    .select(['volunteerTie.id', 'municipality.name as municipality', 'reason', 'recordedAt'])
    .where('volunteerId', '=', volunteerId)
    .where('withdrawnAt', 'is', null)
    .orderBy('recordedAt')
    .execute()
}

function awaysOf(db: Db, volunteerId: string) {
  return db
    .selectFrom('volunteerAway')
    .select(['fromOn', 'toOn'])
    .where('volunteerId', '=', volunteerId)
    .where('endedAt', 'is', null)
    .where('toOn', '>=', today())
    .orderBy('fromOn')
    .execute()
}

async function nameOf(db: Db, personId: string | null): Promise<string | null> {
  if (personId === null) return null
  const row = await db.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirst()
  return row?.name ?? null
}

/** What the forms of a new volunteer stand on: the places of the country. */
export const openNewVolunteer = query('volunteer.new', { roles: ['coordinator'], input: z.object({}) }, async (db) => ({
  places: await placesIn(db),
}))
