// When nobody has judged an emergency access within the working day: who hears of it, when, and in which line?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { askGlass, endGlass } from '../cases/break-glass/ask.server.ts'
import {
  answerGlass,
  glassWaiting,
  listGlass,
  remindOfReviews,
  reviewGlass,
} from '../cases/break-glass/watch.server.ts'
import { addDays, addWorkingDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import type { Person } from '../core/user.ts'
import { translator } from '../i18n/i18n.ts'
import { glassTasks } from './parts.tsx'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

/** Max was let in by this person, and it is over; answers the request's id. */
async function used(by: Person): Promise<string> {
  await cast.admin.query('delete from break_glass')
  const id = await referCase(cast.lea)
  const { number } = (await cast.admin.query('select number from case_file where id = $1', [id])).rows[0]
  await askGlass.run(cast.max, { number, ground: 'police', words: 'Näidis: politsei küsib, kus inimene praegu on.' })
  const glass = (await listGlass.run(cast.max, {})).mine[0]?.id ?? ''
  await answerGlass.run(by, { id: glass, answer: 'yes' })
  await endGlass.run(cast.max, { id: glass })
  return glass
}

const dueOn = (glass: string, day: string) =>
  cast.admin.query('update break_glass set review_due_on = $2 where id = $1', [glass, day])

/** The last day that was to be the day of the review and has no whole working day between itself and today. */
function lastWorkingDay(): string {
  for (let day = addDays(today(), -1); ; day = addDays(day, -1)) if (addWorkingDays(day, 1) >= today()) return day
}

async function told(glass: string): Promise<string[]> {
  await remindOfReviews(cast.sys)
  const { rows } = await cast.admin.query(
    `select p.name, o.kind from mail_outbox o join person p on p.id = o.person_id where o.unique_key like $1`,
    [`glass/${glass}/late/%`],
  )
  return rows.map(({ name, kind }) => `${kind} ${name}`).toSorted()
}
const reminders = (...people: Person[]) => people.map(({ name }) => `reminder ${name}`).toSorted()

test('who judges hears of it once, from the next working day on the coordinators too, and never who agreed', async () => {
  const byKim = await used(cast.kim)
  expect(await told(byKim)).toEqual([])
  await dueOn(byKim, lastWorkingDay())
  expect(await told(byKim)).toEqual(reminders(cast.lea, cast.aino))
  await dueOn(byKim, addDays(today(), -14))
  // Kim agreed to it herself.
  expect(await told(byKim)).toEqual(reminders(cast.lea, cast.aino))
  const byLea = await used(cast.lea)
  await dueOn(byLea, lastWorkingDay())
  expect(await told(byLea)).toEqual(reminders(cast.aino))
  await dueOn(byLea, addDays(today(), -14))
  expect(await told(byLea)).toEqual(reminders(cast.aino, cast.kim))
  expect(await told(byLea)).toEqual(reminders(cast.aino, cast.kim))
})

test('it stands first in red before who judges, by itself before who can only ask, and goes with the judgement', async () => {
  const glass = await used(cast.kim)
  await dueOn(glass, addDays(today(), -1))
  const lines = async (who: Person) => {
    const waiting = await asPerson('read', who.claim, (db) => glassWaiting(db, who))
    return glassTasks(translator('et'), waiting).map(({ kind, text, action }) => [
      kind,
      text.split(':')[0],
      action?.href,
    ])
  }
  expect(await lines(cast.aino)).toEqual([['danger', 'Vaata üle', `/break-glass/${glass}/judge`]])
  expect(await lines(cast.lea)).toEqual([['danger', 'Vaata üle', `/break-glass/${glass}/judge`]])
  expect(await lines(cast.kim)).toEqual([['danger', 'Üle vaatamata', '/break-glass']])
  expect(await lines(cast.max)).toEqual([])
  await reviewGlass.run(cast.aino, { id: glass, outcome: 'justified', words: 'Näidis: politsei palus ühte nime.' })
  for (const who of [cast.aino, cast.lea, cast.kim]) expect(await lines(who)).toEqual([])
  expect(await remindOfReviews(cast.sys)).toBe(0)
})
