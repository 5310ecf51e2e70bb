// Who stands in for whom, and how does one lend one's work, ask for it, begin it, go back and end it?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { everybody } from '../access.ts'
import { moveTo } from '../door.server.ts'
import { mustBeFresh } from '../fresh.ts'
import { holdersOf } from '../holders.server.ts'
import {
  AskSubstitution,
  GiveSubstitution,
  type LentRole,
  lentRoles,
  NewSession,
  otherRole,
  type Substitution,
  SubstitutionId,
  stateOf,
} from './substitution.ts'
import { checkTerm, couldLend, type Term } from './terms.server.ts'

export const aboutSubstitution = (input: { id: string }) => ({ kind: 'substitution', id: input.id })
const aboutMade = (_input: unknown, output: { id: string }) => aboutSubstitution(output)
const parties = { roles: lentRoles } as const

/** Those that concern the person, the latest first; for an administrator also what waits for a third person's word. */
type Listed = Awaited<ReturnType<typeof listed>>

async function listed(db: Db, _input: object, me: Person) {
  const all = await substitutionsOf(db)
  const mine = all.filter((one) => one.giverId === me.id || one.takerId === me.id)
  const asked = me.roles.includes('admin') ? all.filter((one) => stateOf(one, today()) === 'asked') : []
  return { today: today(), mine, asked, others: await couldLend(db, me) }
}

export const listSubstitutions = query(
  'substitution.list',
  {
    roles: [...lentRoles, 'admin'],
    input: z.object({}),
    about: (_input, { mine, asked }: Listed) => ({ kind: 'substitution', hits: mine.length + asked.length }),
  },
  listed,
)

/** All of them as the person may see them, or the one. */
export async function substitutionsOf(db: Db, only?: string): Promise<Substitution[]> {
  const rows = await db
    .selectFrom('substitution')
    .innerJoin('person as giver', 'giver.id', 'giverId')
    .innerJoin('person as taker', 'taker.id', 'takerId')
    .leftJoin('person as confirmer', 'confirmer.id', 'confirmedBy')
    .leftJoin('person as ender', 'ender.id', 'endedBy')
    .select(['substitution.id', 'giverId', 'giver.name as giver', 'takerId', 'taker.name as taker', 'role'])
    .select(['validFrom', 'validTo', 'createdBy', 'confirmedAt', 'endedAt'])
    .select(['confirmer.name as confirmedBy', 'ender.name as endedBy'])
    .select(sql<boolean>`substitution_holds(substitution)`.as('holds'))
    .$if(only !== undefined, (some) => some.where('substitution.id', '=', only ?? ''))
    .orderBy('validFrom', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, role: row.role as LentRole }))
}

/** One that the person gave or took; everybody else's does not exist. */
export async function ownSubstitution(db: Db, me: Pick<Person, 'id'>, id: string): Promise<Substitution> {
  const [found] = await substitutionsOf(db, id)
  if (!found || (found.giverId !== me.id && found.takerId !== me.id)) throw new NotFound()
  return found
}

/** One that I gave or took; for an administrator also one that waits for a third person's word. Of all others nothing is said. */
async function concerning(db: Db, me: Person, id: string): Promise<Substitution> {
  const [found] = await substitutionsOf(db, id)
  const asked = found !== undefined && me.roles.includes('admin') && found.createdBy === found.takerId
  if (!found || !(asked || found.giverId === me.id || found.takerId === me.id)) throw new NotFound()
  return found
}

export const openSubstitution = query(
  'substitution.open',
  { roles: [...lentRoles, 'admin'], input: SubstitutionId, about: aboutSubstitution },
  async (db, { id }, me) => {
    const one = await concerning(db, me, id)
    return { one, waits: stateOf(one, today()) === 'asked' }
  },
)

/** The giver lends her own work: the word of one is enough, for it is hers. */
export const giveSubstitution = command(
  'substitution.give',
  { ...parties, inPerson: true, input: GiveSubstitution, about: aboutMade },
  async (db, input, me) => {
    mustBeFresh(me)
    const role = input.role ?? lentRoles.find((held) => me.roles.includes(held)) ?? 'coordinator'
    const term = { ...input, role, giverId: me.id }
    await checkTerm(db, term, 'takerId')
    const made = await insert(db, term, me)
    await mailTo(db, input.takerId, 'new-task')
    return made
  },
)

/** Who should have lent it is suddenly away: the other one asks, and an administrator says yes or no. */
export const askSubstitution = command(
  'substitution.ask',
  { ...parties, inPerson: true, input: AskSubstitution, about: aboutMade },
  async (db, input, me) => {
    mustBeFresh(me)
    const own = lentRoles.find((held) => me.roles.includes(held)) ?? 'manager'
    const term = { ...input, role: otherRole(own), takerId: me.id }
    await checkTerm(db, term, 'giverId')
    const made = await insert(db, term, me)
    for (const admin of await holdersOf(db, 'admin')) await mailTo(db, admin, 'new-task')
    await mailTo(db, input.giverId, 'new-task')
    return made
  },
)

async function insert(db: Db, { giverId, takerId, role, validFrom, validTo }: Term, me: Person) {
  const id = randomUUID()
  await db
    .insertInto('substitution')
    .values({ id, giverId, takerId, role, validFrom, validTo, createdBy: me.id })
    .execute()
  return { id }
}

export const confirmSubstitution = command(
  'substitution.confirm',
  { roles: ['admin'], inPerson: true, input: SubstitutionId, about: aboutSubstitution },
  async (db, { id }, me) => {
    mustBeFresh(me)
    const one = await concerning(db, me, id)
    const done = await db
      .updateTable('substitution')
      .set({ confirmedBy: me.id, confirmedAt: sql<Date>`now()` })
      .where('id', '=', id)
      .where('confirmedAt', 'is', null)
      .where('endedAt', 'is', null)
      .where('validTo', '>=', today())
      .returning('id')
      .executeTakeFirst()
    if (!done) throw new Conflict({ key: 'access.substitution.error.notWaiting' })
    for (const person of [one.giverId, one.takerId]) await mailTo(db, person, 'new-task')
  },
)

/** Over at once: by the giver, who is back; by the taker; or as an administrator's no to what was asked for. */
export const endSubstitution = command(
  'substitution.end',
  { roles: [...lentRoles, 'admin'], input: SubstitutionId, about: aboutSubstitution },
  async (db, { id }, me) => {
    const one = await concerning(db, me, id)
    // What is one's own one ends at once.
    if (one.giverId !== me.id && one.takerId !== me.id) mustBeFresh(me)
    const done = await db
      .updateTable('substitution')
      .set({ endedBy: me.id, endedAt: sql<Date>`now()` })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .where('validTo', '>=', today())
      .returning(['giverId', 'takerId'])
      .executeTakeFirst()
    if (!done) throw new Conflict({ key: 'access.substitution.error.over' })
    for (const person of [done.giverId, done.takerId]) if (person !== me.id) await mailTo(db, person, 'new-task')
  },
)

/** To the giver's desk: from now on this session has her role and nothing else. */
export const beginStandingIn = command(
  'substitution.begin',
  { ...parties, inPerson: true, input: SubstitutionId.extend(NewSession.shape), about: aboutSubstitution },
  async (db, { id, claimHash }, me) => {
    mustBeFresh(me)
    await moveTo(db, id, Buffer.from(claimHash))
  },
)

/** Back to one's own desk; also said by whoever reads that the term is over. */
export const stopStandingIn = command(
  'substitution.back',
  { roles: everybody, input: NewSession },
  async (db, { claimHash }) => {
    await moveTo(db, null, Buffer.from(claimHash))
  },
)
