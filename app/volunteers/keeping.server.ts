// What may the coordinator do with a volunteer's record: add, mend, give a supervisor, an account, a tie?
import { mustBeFresh } from '../access/fresh.ts'
import { helperRole, propose } from '../access/two-people/confirmations.server.ts'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../core/errors.ts'
import { contradictions } from '../core/form/personal-code.ts'
import { command } from '../core/operation.server.ts'
import { openVault } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import { searchName, soundOf } from '../i18n/search-name.ts'
import { placesIn } from '../partners/places.server.ts'
import { areasFrom } from './limits/areas.server.ts'
import {
  columnsOf,
  findSameVolunteer,
  insertVolunteer,
  oneVolunteer,
  type Profile,
  register,
  replaceAreas,
  sealCode,
  wallOff,
} from './records.server.ts'
import {
  AddTie,
  AddVolunteer,
  EditVolunteer,
  MakeAccount,
  type ProfileInput,
  RevealCode,
  SetSupervisor,
} from './volunteer-input.ts'
import { roleInForce } from './volunteers.server.ts'

const coordinator = { roles: ['coordinator'] } as const
const about = (input: { id: string }) => ({ kind: 'volunteer', id: input.id })

export const addVolunteer = command(
  'volunteer.add',
  {
    ...coordinator,
    input: AddVolunteer,
    oneByOne: () => register,
    about: (_, output: { id: string; code: string }) => ({ kind: 'volunteer', id: output.id }),
  },
  async (db, input, me) => {
    const profile = profileOf(input)
    const areas = await areasFrom(db, input)
    const personalCode = input.personalCode?.code ?? null
    const same = await findSameVolunteer(db, { ...profile, personalCode })
    if (same) {
      const field = same.by === 'personalCode' ? 'personalCode' : 'name'
      throw new Invalid({ [field]: { key: 'volunteers.error.same', args: { code: same.code, name: same.name } } })
    }
    const status = { status: 'candidate' as const, fromOn: today(), untilOn: null, reason: null }
    const rest = { personalCode, supervisorId: null, importKey: null, evidence: [] }
    return insertVolunteer(db, me, { ...profile, areas, status, ...rest })
  },
)

export const editVolunteer = command(
  'volunteer.edit',
  { ...coordinator, input: EditVolunteer, about },
  async (db, input) => {
    const areas = await areasFrom(db, input)
    const name = await nameFor(db, input)
    const changed = await db
      .updateTable('volunteer')
      .set((row) => ({ ...columnsOf(profileOf({ ...input, name })), version: row('version', '+', 1) }))
      .where('id', '=', input.id)
      .where('version', '=', input.version)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) {
      await db.selectFrom('volunteer').select('id').where('id', '=', input.id).executeTakeFirstOrThrow()
      throw new Conflict()
    }
    await replaceAreas(db, input.id, areas)
    if (input.personalCode) await changeCode(db, input.id, name, input.personalCode.code)
    return { id: input.id }
  },
)

// Where there is an account its name stays: it is changed by two.
async function nameFor(db: Db, { id, name }: { id: string; name?: string | undefined }): Promise<string> {
  const row = await db
    .selectFrom('volunteer')
    .select(['name', 'personId'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (row.personId) return row.name
  if (name === undefined) throw new Invalid({ name: { key: 'core.error.missing' } })
  return name
}

async function changeCode(db: Db, id: string, name: string, personalCode: string) {
  const same = await findSameVolunteer(db, { name, personalCode })
  if (same && same.id !== id)
    throw new Invalid({ personalCode: { key: 'volunteers.error.same', args: { code: same.code, name: same.name } } })
  await sealCode(db, id, personalCode)
}

function profileOf(input: ProfileInput): Profile {
  const code = input.personalCode
  const [against] = code ? contradictions(code, input) : []
  if (against) throw new Invalid({ [against]: { key: `volunteers.error.contradicts.${against}` } })
  const children = { yes: true, no: false, undecided: null }[input.children]
  if (children !== null && !input.childrenReason)
    throw new Invalid({ childrenReason: { key: 'volunteers.error.childrenReason' } })
  return {
    ...{ name: input.name.replace(/\s+/g, ' '), email: input.email ?? null, phone: input.phone ?? null },
    ...{ birthYear: input.birthYear ?? code?.birthYear ?? null, sex: input.sex ?? code?.sex ?? null },
    ...{ occupation: input.occupation ?? null, county: input.county, municipality: input.municipality ?? null },
    languages: [...new Set([input.firstLanguage, ...input.languages])],
    hasCar: { yes: true, no: false, unknown: null }[input.car],
    remoteOnly: input.remote === 'yes',
    childContact: children,
    childContactReason: children === null ? null : (input.childrenReason ?? null),
    ...{ maxCases: input.maxCases ?? null, availability: input.availability ?? null, notes: input.notes ?? null },
  }
}

export const setSupervisor = command(
  'volunteer.supervisor',
  { ...coordinator, input: SetSupervisor, about },
  async (db, { id, supervisor }, me) => {
    // Whoever guides reads visits, worries and how it goes: it is a right that is handed on.
    mustBeFresh(me)
    if (supervisor === me.id) throw new Invalid({ supervisor: { key: 'volunteers.error.ownSupervisor' } })
    const role = await roleInForce(db, supervisor, 'supervisor')
    if (!role) throw new Invalid({ supervisor: { key: 'core.error.choose' } })
    return db
      .updateTable('volunteer')
      .set((row) => ({ supervisorId: supervisor, version: row('version', '+', 1) }))
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },
)

/** A municipality where the volunteer knows people: matching never proposes a case from there. */
export const addTie = command(
  'volunteer.tie',
  { roles: ['coordinator', 'volunteer'], input: AddTie, about, oneByOne: oneVolunteer },
  async (db, { id, municipality, reason }, me) => {
    const there = await db.selectFrom('volunteer').select('id').where('id', '=', id).executeTakeFirst()
    if (!there) throw new NotFound()
    const places = await placesIn(db)
    if (!places.municipalities.some((one) => one.code === municipality))
      throw new Invalid({ municipality: { key: 'core.error.choose' } })
    const told = await db
      .selectFrom('volunteerTie')
      .select('id')
      .where('volunteerId', '=', id)
      .where('municipalityCode', '=', municipality)
      .where('withdrawnAt', 'is', null)
      .executeTakeFirst()
    if (told) throw new Invalid({ municipality: { key: 'volunteers.error.tieTold' } })
    await db
      .insertInto('volunteerTie')
      .values({ volunteerId: id, municipalityCode: municipality, reason, recordedBy: me.id })
      .execute()
    return { id }
  },
)

/** A person of their own for the volunteer; the role begins when a second person has confirmed it. */
export const makeAccount = command(
  'volunteer.account',
  { ...coordinator, inPerson: true, input: MakeAccount, about, oneByOne: oneVolunteer },
  async (db, { id, email, locale }, me) => {
    const volunteer = await db
      .selectFrom('volunteer')
      .select(['name', 'phone', 'email', 'personId'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    // Where there is one it has its address, and that is changed by two.
    if (volunteer.personId && email !== volunteer.email)
      throw new Invalid({ email: { key: 'volunteers.error.accountEmail', args: { email: volunteer.email ?? '' } } })
    const account = volunteer.personId
      ? { id: volunteer.personId, name: volunteer.name }
      : await personFor(db, { ...volunteer, email, locale })
    const personId = account.id
    if (await roleInForce(db, personId, 'volunteer'))
      throw new Invalid({ email: { key: 'volunteers.error.hasAccount' } })
    await db
      .updateTable('volunteer')
      .set((row) => ({ personId, searchName: searchName(account.name), version: row('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    await wallOff(db, id)
    await propose(db, me, helperRole('volunteer', personId))
    return { id }
  },
)

type NewPerson = { name: string; phone: string | null; email: string; locale: string }

// A supervisor may be a volunteer too, and is called then as her account is; a stranger's address is a slip of the pen and lets nobody in.
async function personFor(db: Db, { name, phone, email, locale }: NewPerson): Promise<{ id: string; name: string }> {
  const known = await db.selectFrom('person').select(['id', 'name']).where('email', '=', email).executeTakeFirst()
  if (known && soundOf(known.name) !== soundOf(name))
    throw new Invalid({ email: { key: 'volunteers.error.emailTaken', args: { email } } })
  if (known) return known
  const made = await db
    .insertInto('person')
    .values({ name, phone, email, locale })
    .returning(['id', 'name'])
    .executeTakeFirstOrThrow()
  return made
}

async function openCode(db: Db, { id, purpose }: { id: string; purpose: string }, me: Person) {
  mustBeFresh(me)
  const row = await db
    .selectFrom('volunteer')
    .select(['code', 'name', 'personalCodeSealed'])
    .where('id', '=', id)
    .where('personalCodeSealed', 'is not', null)
    .executeTakeFirstOrThrow()
  const vault = await openVault(db, id)
  const place = { table: 'volunteer', column: 'personal_code_sealed', row: id }
  const personalCode = vault.open(place, row.personalCodeSealed as Buffer)
  const reason = vault.seal({ table: 'audit_event', column: 'reason_sealed', row: id }, purpose)
  return { id, code: row.code, name: row.name, personalCode, reason }
}

type OpenCode = Awaited<ReturnType<typeof openCode>>

/** The personal code of one volunteer, for a purpose that the audit keeps. */
export const revealCode = command(
  'volunteer.reveal-code',
  {
    ...coordinator,
    input: RevealCode,
    about: ({ id }, { reason }: OpenCode) => ({ kind: 'volunteer', id, reason }),
  },
  openCode,
)
