// Until when is a supervisor let in by herself, and is there always somebody who hears of it and can judge?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { brokenGlass } from '../../../test/glass.ts'
import { givenSupport } from '../../../test/support.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { NotFound } from '../../core/errors.ts'
import { openAdminHome } from '../../home/oversight.server.ts'
import { askGlass, endGlass, openAskGlass } from './ask.server.ts'
import { openGlass } from './look.server.ts'
import { answerGlass, listGlass, openWatched, remindOfReviews, reviewGlass, tellOfGlass } from './watch.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() =>
  cast.admin.query(`delete from break_glass; delete from mail_outbox; delete from setting; delete from wall`),
)

const asking = (number: string) => ({
  number,
  ground: 'danger',
  words: 'Näidis: politsei küsib, kus inimene praegu on.',
})
const ended = (daysAgo: number) => givenSupport(cast, '2020-01-01', { endOn: addDays(today(), -daysAgo) })
const mine = async () => (await listGlass.run(cast.sirje, {})).mine[0]

test('for thirty days after the support she is let in by herself, afterwards with a second person as everybody is', async () => {
  expect(await openAskGlass.run(cast.sirje, {})).toMatchObject({ guidedDays: 30 })
  const running = await givenSupport(cast, '2026-01-01')
  for (const { number } of [running, await ended(30)]) {
    expect(await askGlass.run(cast.sirje, asking(number))).toEqual({ opened: true })
    await endGlass.run(cast.sirje, { id: (await mine())?.id })
  }
  const over = await ended(31)
  expect(await askGlass.run(cast.sirje, asking(over.number))).toEqual({ opened: false })
  const asked = await mine()
  expect(asked).toMatchObject({ answer: 'waits', caseId: null })
  await expect(openGlass.run(cast.sirje, { id: asked?.id })).rejects.toBeInstanceOf(NotFound)
  await answerGlass.run(cast.kim, { id: asked?.id, answer: 'yes' })
  expect((await openGlass.run(cast.sirje, { id: asked?.id })).head.id).toBe(over.caseId)
})

test('the term is a setting, which may be shorter; where she never guided she hears what is said of no case', async () => {
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('glassGuidedDays', '2020-01-01', '5', 'Näidis')`,
  )
  expect(await askGlass.run(cast.sirje, asking((await ended(6)).number))).toEqual({ opened: false })
  const foreign = await referCase(cast.lea)
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [foreign])
  for (const number of [String(rows[0].number), 'M-2011-999'])
    await expect(askGlass.run(cast.sirje, asking(number))).rejects.toMatchObject({
      fields: { number: { key: 'cases.glass.notYours' } },
    })
})

/** Max was let into a case of Lea's with Kim's yes, and it is over. */
async function used(): Promise<{ glass: string; id: string }> {
  const id = await referCase(cast.lea)
  const glass = await brokenGlass(cast, id)
  await endGlass.run(cast.max, { id: glass })
  return { glass, id }
}
const role = (who: { id: string }, until: string) =>
  cast.admin.query('update person_role set valid_to = $2 where person_id = $1', [who.id, until])
async function told(glass: string): Promise<string[]> {
  await tellOfGlass(cast.sys)
  const { rows } = await cast.admin.query('select person_id from mail_outbox where unique_key like $1', [
    `glass/${glass}/opened/%`,
  ])
  return rows.map(({ person_id }) => person_id as string).toSorted()
}
const judgement = (id: string) => ({ id, outcome: 'justified', words: 'Näidis: politsei palus, vaadati ühte nime.' })
const seenBy = async (who: typeof cast.ott) =>
  (await listGlass.run(who, {})).others.map((one) => [one.id, one.mayReview])

test('where there is an auditor or a lead the administrator is told nothing and judges nothing', async () => {
  const { glass } = await used()
  expect(await told(glass)).toEqual([cast.aino.id, cast.lea.id].toSorted())
  expect(await seenBy(cast.ott)).toEqual([])
  await expect(openWatched.run(cast.ott, { id: glass })).rejects.toBeInstanceOf(NotFound)
  await expect(reviewGlass.run(cast.ott, judgement(glass))).rejects.toBeInstanceOf(NotFound)
})

test('where there is neither the administrator is told at once, reminded, sees it on the first page and judges', async () => {
  await Promise.all([role(cast.aino, '2021-01-01'), role(cast.lea, '2021-01-01')])
  try {
    await role(cast.lea, '2999-12-31')
    const { glass } = await used()
    await role(cast.lea, '2021-01-01')
    expect(await told(glass)).toEqual([cast.ott.id])
    expect(await seenBy(cast.ott)).toEqual([[glass, true]])
    expect((await openAdminHome.run(cast.ott, {})).glass.toReview).toMatchObject([{ id: glass }])
    await cast.admin.query(`update break_glass set review_due_on = current_date - 5`)
    await remindOfReviews(cast.sys)
    const { rows } = await cast.admin.query(`select 1 from mail_outbox where person_id = $1 and kind = 'reminder'`, [
      cast.ott.id,
    ])
    expect(rows).toHaveLength(1)
    await reviewGlass.run(cast.ott, judgement(glass))
    expect((await openWatched.run(cast.ott, { id: glass })).glass.state).toBe('justified')
  } finally {
    await Promise.all([role(cast.aino, '2999-12-31'), role(cast.lea, '2999-12-31')])
  }
})

test('an auditor before whom a wall stands is no judge of that case', async () => {
  const { glass, id } = await used()
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact) select unnest(array[$1, $2]::uuid[]), network_id, id, number, 'own-code', gen_random_uuid() from case_file where id = $3`,
    [cast.aino.id, cast.lea.id, id],
  )
  expect(await told(glass)).toEqual([cast.ott.id])
  expect(await seenBy(cast.ott)).toEqual([[glass, true]])
  await reviewGlass.run(cast.ott, judgement(glass))
})
