// How is a workbook taken over – all of it or nothing?
import type { Db } from '../../core/db.server.ts'
import { command } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { fold } from '../cells.ts'
import { type Counts, Decide, type Made } from './batch.ts'
import { closeBatch, decided, findBatch, holdBatch, type Waiting, waitingIn } from './batches.server.ts'
import { takenOf } from './plan.ts'
import { writeSupervisors } from './supervisors.server.ts'
import { auditTraces, type CaseKey, type Trace, writeHours, writeNeed, writeVolunteer } from './written.server.ts'

/** Writes what is planned, in an order in which each row finds the people and cases it speaks of. */
async function write(
  db: Db,
  me: Person,
  { plan, register, supervisors }: Waiting,
): Promise<{ traces: Trace[]; made: Made }> {
  const taken = takenOf(plan)
  const traces: Trace[] = []
  // Nobody is made a supervisor for volunteers who are not taken.
  const needed = new Set(taken.volunteers.map(({ values }) => fold(values.supervisor ?? '')))
  const guides = await writeSupervisors(
    db,
    me,
    supervisors.filter(({ name }) => needed.has(fold(name))),
  )
  traces.push(...guides.made.map((id) => ({ kind: 'person', id })))
  const volunteers = new Map(register.volunteers)
  for (const { row, values } of taken.volunteers) {
    const supervisorId = guides.ids.get(fold(values.supervisor ?? '')) ?? null
    const made = await writeVolunteer(db, me, { key: row.key, values, supervisorId })
    volunteers.set(row.key, made.id)
    traces.push(made)
  }
  const cases = new Map<string, CaseKey>(register.cases)
  for (const { row, values } of taken.needs) {
    const { caseKey, ...made } = await writeNeed(db, me, row, values)
    cases.set(values.caseNumber, caseKey)
    traces.push(made)
  }
  const looked = new Set<string>()
  for (const { values } of taken.hours) {
    const [volunteerId, of] = [volunteers.get(values.volunteerKey), cases.get(values.caseNumber)]
    if (!volunteerId || !of) throw new Error('a planned row of hours names somebody who is not there')
    traces.push(await writeHours(db, me, { values, volunteerId, of, looked }))
  }
  const made = {
    ...{ volunteers: taken.volunteers.length, needs: taken.needs.length, hours: taken.hours.length },
    supervisors: guides.made.length,
  }
  return { traces, made }
}

/** Takes over what stands ticked, with the choices of the same form; what is in the register already is left as it is. */
export const commitBatch = command(
  'import.commit',
  { roles: ['coordinator'], input: Decide, about: (input) => ({ kind: 'import', id: input.id }) },
  async (db, given, me) => {
    const content = decided(await waitingIn(db, await holdBatch(db, given.id)), given)
    const { traces, made } = await write(db, me, await waitingIn(db, content))
    const { counts } = await findBatch(db, given.id)
    await closeBatch(db, given.id, {
      state: 'committed',
      counts: JSON.stringify({ ...(counts as unknown as Counts), made }),
    })
    if (traces.length > 0) await auditTraces(db, traces)
    return { id: given.id, made }
  },
)
