// Which talks and absences are there in the world of the matrix, and whose is each?
import { holdSession, planSession } from '../../../../app/supervision/sessions.server.ts'
import { writeCheckin } from '../../../../app/supervision/wellbeing/checkins.server.ts'
import type { Cast } from '../../../cast.ts'
import { dayFromNow } from '../../../substitution.ts'
import type { Others } from '../actors.ts'
import { one, type Thing, type Things } from './thing.ts'

/** A talk to come and one that was written down, and days on which each of two supervisors will be away. */
export async function supervisionOf(cast: Cast, others: Others): Promise<Things> {
  const [talks, absences, checkins, covisions]: [Thing[], Thing[], Thing[], Thing[]] = [[], [], [], []]
  for (const [name, who, of] of [
    ['sirje', cast.sirje, cast.lou.id],
    ['siim', others.siim, others.vera.id],
  ] as const) {
    const volunteers = await one(cast, 'select id from volunteer where person_id = $1', [of])
    const plan = (day: string) => planSession.run(who, { kind: 'individual', volunteers, day })
    const [coming, held] = [await plan(dayFromNow(9)), await plan(dayFromNow(-2))]
    const words = `Kanaar-talk-${name}`
    await holdSession.run(who, { id: held.id, heldOn: dayFromNow(-2), came: volunteers, topics: ['wellbeing'], words })
    talks.push({ name: `${name} coming`, ids: { id: coming.id }, facts: { supervisor: name } })
    talks.push({ name: `${name} held`, ids: { id: held.id }, words: { words }, facts: { supervisor: name } })
    const said = `Kanaar-checkin-${name}`
    const person = name === 'sirje' ? cast.lou : others.vera
    const checkin = await writeCheckin.run(person, { level: 'hard', carries: 'often', talk: 'next', words: said })
    checkins.push({ name, ids: { id: checkin.id }, words: { said }, facts: { supervisor: name } })
    const covision = { kind: 'covision', volunteers, day: dayFromNow(12), shared: 'yes' }
    covisions.push({ name, ids: { id: (await planSession.run(who, covision)).id }, facts: { supervisor: name } })
    const absence = await one(
      cast,
      'insert into supervision_absence (supervisor_id, from_on, to_on, told_by) values ($1, current_date + 30, current_date + 40, $1) returning id',
      [who.id],
    )
    absences.push({ name, ids: { id: absence }, facts: { supervisor: name } })
  }
  return { talks, absences, checkins, covisions }
}
