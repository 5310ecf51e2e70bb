// What is due, who waits and what was promised at a desk that somebody takes over – and what happened there meanwhile?
import { promisesOf } from '../../access/substitution/promises.server.ts'
import { lentRoles, type Substitution, SubstitutionId, stateOf } from '../../access/substitution/substitution.ts'
import { aboutSubstitution, ownSubstitution } from '../../access/substitution/substitutions.server.ts'
import { openTasks } from '../../cases/tasks.server.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { waitingBatches } from '../../imports/batch/upload.server.ts'
import { reportsDueBy, reportsWaiting } from '../../reports/waiting.server.ts'
import { covisionDueBy } from '../../supervision/coverage.server.ts'
import { monthReportsDueBy } from '../../support/report/overdue.server.ts'
import { papersEnding } from '../../volunteers/care.server.ts'
import { waitingAt } from '../coordinator/coordinator.server.ts'
import type { CoordinatorDesk, Desk, Handover, ManagerDesk } from './handover.ts'
import { meanwhileOf } from './meanwhile.server.ts'

/** For the two whom it concerns; everything of the desk itself only for whoever sits at it now. */
export const openHandover = query(
  'home.handover',
  { roles: lentRoles, input: SubstitutionId, about: aboutSubstitution },
  async (db, { id }, me): Promise<Handover> => {
    const term = await ownSubstitution(db, me, id)
    const state = stateOf(term, today())
    return {
      ...{ term, state, today: today() },
      reader: term.giverId === me.id ? 'giver' : 'taker',
      promises: await promisesOf(db, id),
      desk: state !== 'over' && sitsThere(me, term) ? await deskOf(db, me, term) : null,
      meanwhile: await meanwhileOf(db, term),
    }
  },
)

const sitsThere = (me: Person, { id, giverId, role }: Substitution) =>
  me.standsInFor ? me.standsInFor.substitutionId === id : me.id === giverId && me.roles.includes(role)

const deskOf = (db: Db, me: Person, term: Substitution): Promise<Desk> =>
  term.role === 'coordinator' ? coordinatorDesk(db, me, term) : managerDesk(db, me, term)

async function coordinatorDesk(db: Db, me: Person, { validFrom, validTo }: Substitution): Promise<CoordinatorDesk> {
  const from = validFrom < today() ? today() : validFrom
  const waiting = await waitingAt(db, me)
  // What was sent back waits by itself, in words of its own.
  const returned = new Set(waiting.periods.returned.map(({ id }) => id))
  return {
    kind: 'coordinator',
    waiting,
    reports: (await reportsDueBy(db, validTo)).filter(({ id }) => id === null || !returned.has(id)),
    monthReports: await monthReportsDueBy(db, validTo),
    covision: await covisionDueBy(db, validTo),
    papers: await papersEnding(db, from, validTo),
    told: (await openTasks(db)).filter(({ kind, dueOn }) => kind === 'tell-victim-support' && dueOn <= validTo),
    imports: await waitingBatches(db),
  }
}

async function managerDesk(db: Db, me: Person, { validTo }: Substitution): Promise<ManagerDesk> {
  const { toAnswer } = await reportsWaiting(db, me)
  const known = new Set(toAnswer.map(({ period }) => period.key))
  const missing = (await reportsDueBy(db, validTo)).filter(({ period }) => !known.has(period.key))
  return { kind: 'manager', toAnswer, missing }
}
