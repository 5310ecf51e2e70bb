// Whose circles are there in the world of the matrix, and in which supports was something found?
import { tellFact } from '../../../../app/cases/links/facts.server.ts'
import { makeDevice } from '../../../../app/field/devices.server.ts'
import { tellCircle } from '../../../../app/volunteers/circle/circle.server.ts'
import type { Cast } from '../../../cast.ts'
import type { Others } from '../actors.ts'
import type { CaseThing } from './cases.ts'
import { one, type Thing, type Things } from './thing.ts'

/** Two support persons have told of their circles, and in a case that each helps in somebody has the same number. */
export async function linksOf(cast: Cast, others: Others, cases: CaseThing[]): Promise<Things> {
  const [circles, links, days, devices]: [Thing[], Thing[], Thing[], Thing[]] = [[], [], [], []]
  for (const [name, who, lead, phone] of [
    ['lou', cast.lou, cast.lea, '5559 8761'],
    ['vera', others.vera, cast.max, '5559 8762'],
  ] as const) {
    const word = `Kanaar-circle-${name}`
    await tellCircle.run(who, { name: `${word} Näidis`, phone })
    const volunteer = await one(cast, 'select id from volunteer where person_id = $1', [who.id])
    const away = await one(
      cast,
      'insert into volunteer_away (volunteer_id, from_on, to_on, told_by) values ($1, current_date + 60, current_date + 70, $2) returning id',
      [volunteer, who.id],
    )
    const { id: device } = await makeDevice.run(who, { kind: 'phone' })
    const assignment = await one(
      cast,
      `select id from assignment where volunteer_id = $1 and status = 'active' order by created_at limit 1`,
      [volunteer],
    )
    devices.push({ name, ids: { device, assignment }, facts: { person: name } })
    days.push({ name, ids: { away }, facts: { person: name } })
    const line = await one(cast, `select id from volunteer_circle where volunteer_id = $1 and kind = 'name'`, [
      volunteer,
    ])
    circles.push({ name, ids: { line }, words: { word }, facts: { person: name } })
    const of = cases.find((thing) => thing.helper === name && thing.support === 'active' && !thing.walled) as CaseThing
    const id = of.ids.id ?? ''
    await tellFact.run(lead, { id, about: 'perpetratorKin', kind: 'phone', value: phone })
    const pair = await one(cast, 'select id from conflict_pair where case_id = $1 and volunteer_id = $2', [
      id,
      volunteer,
    ])
    const fact = await one(cast, 'select id from case_link_fact where case_id = $1', [id])
    const need = await one(cast, 'select id from need where case_id = $1', [id])
    links.push({ name: of.name, ids: { id, pair, fact, need, volunteer }, facts: { network: of.network } })
  }
  return { circles, links, days, devices }
}
