// How do support persons of several supervisors sit together?
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { guidedPeople, participantsOf } from '../sessions.server.ts'
import { SessionId } from '../supervision.ts'
import { JoinCovision } from './covision.ts'

const roles = ['supervisor'] as const
const about = (_: unknown, { id }: { id: string }) => ({ kind: 'supervision-session', id })

/** A covision to come that is open to those whom others guide, whoever leads it. */
async function openOne(db: Db, id: string) {
  return db
    .selectFrom('supervisionSession')
    .innerJoin('person', 'person.id', 'ledBy')
    .select(['supervisionSession.id', 'plannedOn', 'plannedAt', 'ledBy', 'person.name as leader'])
    .where('supervisionSession.id', '=', id)
    .where('shared', '=', true)
    .where('heldOn', 'is', null)
    .where('calledOffAt', 'is', null)
    .where('plannedOn', '>=', today())
    .executeTakeFirstOrThrow()
}

/** Those whom the person who asks guides and who are not in it yet. */
async function stillToAsk(db: Db, id: string, me: Person) {
  const there = new Set((await participantsOf(db, id)).map((one) => one.id))
  return (await guidedPeople(db, me)).filter((one) => !there.has(one.id))
}

export const openJoin = query(
  'supervision.covision.form',
  { roles, input: SessionId, about },
  async (db, { id }, me) => ({
    ...(await openOne(db, id)),
    people: await stillToAsk(db, id, me),
  }),
)

/** They come too: they hear that something new waits, and so does whoever leads it. Who of others comes is not told. */
export const joinCovision = command(
  'supervision.covision.join',
  { roles, input: JoinCovision, about },
  async (db, { id, volunteers }, me) => {
    const { ledBy } = await openOne(db, id)
    const chosen = (await stillToAsk(db, id, me)).filter((one) => volunteers.includes(one.id))
    if (chosen.length !== volunteers.length) throw new Invalid({ volunteers: { key: 'core.error.choose' } })
    await db
      .insertInto('supervisionParticipant')
      .values(chosen.map((one) => ({ sessionId: id, volunteerId: one.id, ledBy })))
      .execute()
    const asked = chosen.flatMap(({ personId }) => personId ?? [])
    for (const person of ledBy === me.id ? asked : [...asked, ledBy]) await mailTo(db, person, 'new-task')
    return { id }
  },
)
