// What does the coordinator do with an applicant: take in, agree a step, move on, say no, or find that they are known?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command } from '../../core/operation.server.ts'
import { keepVault, openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Locale } from '../../i18n/i18n.ts'
import { mailOutside } from '../../process/mail.server.ts'
import { moveOn } from '../../volunteers/papers/papers.server.ts'
import { findSameVolunteer, insertVolunteer, oneVolunteer, register } from '../../volunteers/records.server.ts'
import { isStage, type NoReason, type Status } from '../../volunteers/volunteer.ts'
import { roleInForce } from '../../volunteers/volunteers.server.ts'
import { endRemarkPlace, remarkPlace } from '../apply/apply.server.ts'
import { applicationOf } from './applicant.server.ts'
import { Move, type NextInput, Refuse, SetStep, Take } from './pipeline-input.ts'

const coordinator = { roles: ['coordinator'] } as const
const about = (input: { id: string }) => ({ kind: 'application', id: input.id })

/** An application that waits for a decision, opened. */
async function waiting(db: Db, wanted: string) {
  const application = await applicationOf(db, wanted)
  if (application?.outcome) throw new Conflict({ key: 'recruitment.error.decided' })
  if (!application?.facts) throw new NotFound()
  return { ...application, facts: application.facts }
}

type Decision = { volunteer: string | null; no?: NoReason; remark?: Buffer }

async function decide(db: Db, me: Person, wanted: string, outcome: 'taken' | 'known' | 'refused', made: Decision) {
  const { volunteer, no = null, remark = null } = made
  const done = await db
    .updateTable('application')
    .set({ outcome, volunteerId: volunteer, noReason: no, remarkSealed: remark, decidedBy: me.id })
    .set({ decidedAt: sql<Date>`now()` })
    .where('id', '=', wanted)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new Conflict({ key: 'recruitment.error.decided' })
}

/** The application becomes a candidate under the same identifier and key; nothing is typed again. */
export const takeApplication = command(
  'recruitment.take',
  { ...coordinator, input: Take, about, oneByOne: () => register },
  async (db, input, me) => {
    const { facts, countyCode, languages } = await waiting(db, input.id)
    const same = await findSameVolunteer(db, facts)
    if (same) throw new Invalid({ '': { key: 'recruitment.error.same', args: { code: same.code, name: same.name } } })
    const { name, email, phone, availability } = facts
    await insertVolunteer(db, me, {
      ...{ id: input.id, name, email, phone, availability, county: countyCode, languages, municipality: null },
      ...{ birthYear: null, sex: null, occupation: null, hasCar: null, remoteOnly: false, maxCases: null, notes: null },
      ...{ childContact: null, childContactReason: null, personalCode: null, areas: [], evidence: [] },
      ...{ supervisorId: null, importKey: null },
      status: { status: 'candidate', fromOn: today(), untilOn: null, reason: null },
    })
    await decide(db, me, input.id, 'taken', { volunteer: input.id })
    await addStep(db, me, input.id, input)
    return { id: input.id }
  },
)

/** The one who applied is among the volunteers already. */
export const joinKnown = command(
  'recruitment.join',
  { ...coordinator, input: z.object({ id: id() }), about, oneByOne: () => register },
  async (db, input, me) => {
    const { facts } = await waiting(db, input.id)
    const same = await findSameVolunteer(db, facts)
    if (!same) throw new Conflict({ key: 'recruitment.error.nobodyKnown' })
    await decide(db, me, input.id, 'known', { volunteer: same.id })
    return { id: same.id }
  },
)

const inStage = async (db: Db, wanted: string) => {
  const row = await db
    .selectFrom('volunteer')
    .select(['status', 'email'])
    .where('id', '=', wanted)
    .executeTakeFirstOrThrow()
  if (!isStage(row.status as Status)) throw new Conflict({ key: 'recruitment.error.over' })
  return row
}

async function addStep(db: Db, me: Person, volunteerId: string, { step, dueOn, owner, note }: NextInput) {
  if (dueOn < today()) throw new Invalid({ dueOn: { key: 'recruitment.error.past' } })
  if (!(await roleInForce(db, owner, 'coordinator'))) throw new Invalid({ owner: { key: 'core.error.choose' } })
  await db
    .insertInto('recruitmentStep')
    .values({ volunteerId, step, dueOn, ownerId: owner, note: note ?? null, recordedBy: me.id })
    .execute()
}

/** Who does what by when; the line before stays in the history. */
export const setStep = command('recruitment.step', { ...coordinator, input: SetStep, about }, async (db, input, me) => {
  await inStage(db, input.id)
  await addStep(db, me, input.id, input)
  return { id: input.id }
})

export const moveApplicant = command(
  'recruitment.move',
  { ...coordinator, input: Move, about, oneByOne: oneVolunteer },
  async (db, input, me) => {
    await inStage(db, input.id)
    const { id, status, step, dueOn, owner, note } = input
    await moveOn(db, { id, status, fromOn: today() }, me)
    if (status === 'active') return { id }
    if (!step) throw new Invalid({ step: { key: 'core.error.choose' } })
    if (!dueOn) throw new Invalid({ dueOn: { key: 'core.error.dateMissing' } })
    if (!owner) throw new Invalid({ owner: { key: 'core.error.choose' } })
    await addStep(db, me, id, { step, dueOn, owner, note })
    return { id }
  },
)

/** A "no", by whoever's wish, with its reason; a letter tells it in two sentences where it is wanted. */
export const refuseApplicant = command(
  'recruitment.refuse',
  { ...coordinator, input: Refuse, about, oneByOne: oneVolunteer },
  async (db, { id, reason, remark, tell }, me) => {
    const application = await db
      .selectFrom('application')
      .select(['outcome', 'locale'])
      .where('id', '=', id)
      .executeTakeFirst()
    // Who was taken in goes as a candidate; of who was found to be known, or was told no, the decision stands and is told.
    const isNew = application && application.outcome !== 'taken'
    const to = await (isNew ? refuseNew : endOf)(db, me, { id, reason, remark })
    if (tell && to)
      await mailOutside(db, { to, locale: (application?.locale ?? 'et') as Locale, kind: 'application-no' })
    return { id }
  },
)

type No = { id: string; reason: NoReason; remark: string }

async function refuseNew(db: Db, me: Person, { id, reason, remark }: No): Promise<string> {
  const { facts } = await waiting(db, id)
  const sealed = (await openVault(db, id)).seal(remarkPlace(id), remark)
  await decide(db, me, id, 'refused', { volunteer: null, no: reason, remark: sealed })
  return facts.email
}

async function endOf(db: Db, me: Person, { id, reason, remark }: No): Promise<string | null> {
  const there = await db.selectFrom('volunteer').select('id').where('id', '=', id).executeTakeFirst()
  if (!there) throw new NotFound()
  const { email } = await inStage(db, id)
  const line = randomUUID()
  const vault = await keepVault(db, { kind: 'volunteer', id })
  const sealed = vault.seal(endRemarkPlace(line), remark)
  await moveOn(db, { id, status: 'ended', fromOn: today(), noReason: reason, remark: { line, sealed } }, me)
  return email
}
