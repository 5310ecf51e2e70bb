// How is a volunteer asked to support a victim, so that no rule is broken and nobody is asked twice?
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { tellsTooMuch } from '../../cases/need/need.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { command } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { translator } from '../../i18n/i18n.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { judge } from '../eligibility.ts'
import { type Facts, factsNow, type NeedLine, type VolunteerLine, volunteerById } from '../facts.server.ts'
import type { Plan, Row } from '../plan.ts'
import { explained, hashOf } from '../solution.server.ts'
import { reasonText, whyText } from '../words.ts'
import { Assign, AssignAll, reasonFrom } from './assignment.ts'

type Assigning = z.output<typeof Assign>

/** Asks one volunteer. Another than the solver's choice needs a reason; a hard rule is never set aside (R14). */
export const assign = command(
  'matching.assign',
  {
    roles: ['coordinator'],
    input: Assign,
    about: (_, { id, need }: { id: string; need: NeedLine }) => ({
      ...{ kind: 'assignment', id, caseId: need.caseId, networkId: need.networkId },
    }),
  },
  async (db, input, me) => {
    await hold(db, [input.need], [input.volunteer])
    const facts = await factsNow(db)
    const need = [...facts.needs.values()].find((one) => one.id === input.need)
    if (!need) throw new Conflict({ key: 'matching.assign.taken' })
    const volunteer = volunteerById(facts, input.volunteer)
    const load = loadOf(facts, need, volunteer, me)
    const { plan } = await explained(facts.world)
    const row = rowOf(plan, need)
    const chosenBySolver = row.volunteer === volunteer.code
    refuseUnsaid(input, need, chosenBySolver)
    const id = await propose(db, me, {
      ...{ need, volunteer, chosenBySolver, loadBefore: load.before, victimAgreedOn: input.agreedOn },
      ...{ rationale: input.rationale, overrideReason: chosenBySolver ? null : (input.overrideReason ?? null) },
      solution: snapshot(plan, row, hashOf(facts.world)),
    })
    return { id, need }
  },
)

function refuseUnsaid(input: Assigning, need: NeedLine, chosenBySolver: boolean): void {
  for (const name of ['rationale', 'overrideReason'] as const)
    if (tellsTooMuch(input[name])) throw new Invalid({ [name]: { key: 'cases.need.tooMuch' } })
  if (!chosenBySolver && (input.overrideReason?.length ?? 0) < reasonFrom)
    throw new Invalid({ overrideReason: { key: 'matching.assign.overrideNeeded', args: { min: reasonFrom } } })
  if (input.agreedOn > today()) throw new Invalid({ agreedOn: { key: 'matching.error.future' } })
  if (need.agreedOn && input.agreedOn < need.agreedOn)
    throw new Invalid({ agreedOn: { key: 'matching.assign.beforeOffer' } })
}

/**
 * Asks every volunteer of the proven best at once. `hash` names the facts that were looked at; where they have changed
 * since, nobody is asked.
 */
export const assignAll = command(
  'matching.assign-all',
  {
    roles: ['coordinator'],
    input: AssignAll,
    about: (_, { ids }: { ids: string[] }) => ({ kind: 'assignment', hits: ids.length }),
  },
  async (db, { hash }, me) => {
    const seen = await factsNow(db)
    await hold(
      db,
      [...seen.needs.values()].map((need) => need.id),
      [...seen.volunteers.values()].map((one) => one.id),
    )
    const facts = await factsNow(db)
    if (hashOf(facts.world) !== hash) throw new Conflict({ key: 'matching.all.changed' })
    const { plan } = await explained(facts.world)
    if (plan.violations.length > 0) throw new Conflict({ key: 'matching.all.unproven' })
    const t = translator('et')
    const ids: string[] = []
    for (const row of plan.rows) {
      const need = facts.needs.get(row.need)
      const volunteer = row.volunteer === null ? undefined : facts.volunteers.get(row.volunteer)
      if (!need || !volunteer) continue
      const load = loadOf(facts, need, volunteer, me)
      const earlier = plan.rows.slice(0, plan.rows.indexOf(row)).filter((one) => one.volunteer === row.volunteer).length
      const said = { chosenBySolver: true, rationale: whyText(t, row.why), overrideReason: null }
      const solution = snapshot(plan, row, hash)
      const numbers = { loadBefore: load.before + earlier, victimAgreedOn: need.agreedOn ?? today() }
      ids.push(await propose(db, me, { need, volunteer, ...said, ...numbers, solution }))
    }
    return { ids }
  },
)

// Always in the order of their ids, so that two who choose at once wait for each other and never in a ring.
async function hold(db: Db, needs: string[], volunteers: string[]): Promise<void> {
  await db
    .selectFrom('need')
    .select('id')
    .where('id', 'in', [...needs, never])
    .orderBy('id')
    .forUpdate()
    .execute()
  const wanted = [...volunteers, never]
  await db.selectFrom('volunteer').select('id').where('id', 'in', wanted).orderBy('id').forUpdate().execute()
}
const never = '00000000-0000-0000-0000-000000000000'

/** Judged again on the facts of this very transaction: the page may be an hour old. */
function loadOf(facts: Facts, need: NeedLine, volunteer: VolunteerLine, me: Person) {
  const asked = facts.world.needs.find((one) => one.id === need.number)
  const candidate = facts.world.volunteers.find((one) => one.id === volunteer.code)
  if (!asked || !candidate) throw new Conflict({ key: 'matching.assign.taken' })
  const verdict = judge(asked, candidate, facts.world.settings, facts.world.today)
  if (!verdict.eligible) {
    const t = translator(me.locale)
    const reasons = verdict.reasons.map((reason) => reasonText(t, reason)).join('; ')
    throw new Conflict({ key: 'matching.assign.refused', args: { volunteer: volunteer.code, reasons } })
  }
  return verdict.load
}

function rowOf(plan: Plan, need: NeedLine): Row {
  const row = plan.rows.find((one) => one.need === need.number)
  if (!row) throw new Conflict({ key: 'matching.assign.taken' })
  return row
}

/** What the solver said at the moment of the choice: codes and numbers only, so that the choice can be explained later. */
function snapshot({ solution, violations, rows }: Plan, row: Row, hash: string) {
  return {
    ...{ facts: hash, needs: rows.length, covered: solution.assigned.length, proven: violations.length === 0 },
    ...{ cost: [...solution.cost], bound: [...solution.bound], chosen: row.volunteer, fitting: row.fitting },
    goals: row.goals,
  }
}

type Proposal = {
  need: NeedLine
  volunteer: VolunteerLine
  chosenBySolver: boolean
  loadBefore: number
  victimAgreedOn: string
  rationale: string
  overrideReason: string | null
  solution: ReturnType<typeof snapshot>
}

async function propose(db: Db, me: Person, { need, volunteer, solution, ...said }: Proposal): Promise<string> {
  const id = randomUUID()
  const of = { networkId: need.networkId, caseId: need.caseId }
  const before = await db
    .selectFrom('assignment')
    .select('id')
    .where('needId', '=', need.id)
    .where('status', '=', 'ended')
    .orderBy('endOn', 'desc')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  await db
    .insertInto('assignment')
    .values({
      ...{ ...of, ...said, id, needId: need.id, number: need.number, followsId: before?.id ?? null },
      ...{ volunteerId: volunteer.id, supervisorId: volunteer.supervisorId, createdBy: me.id },
      solution: JSON.stringify(solution),
    })
    .execute()
  const event = { ...of, assignmentId: id, kind: 'proposed', onDate: today(), recordedBy: me.id }
  await db.insertInto('assignmentEvent').values(event).execute()
  if (volunteer.personId) await mailAbout(db, of.caseId, volunteer.personId, 'new-task')
  return id
}
