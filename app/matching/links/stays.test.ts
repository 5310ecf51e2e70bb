// Does what was said of a link stay, whoever renames a record – and go, with everything else, when a case is erased?
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { answerLink, pairsToAnswer } from '../../cases/links/links.server.ts'
import { offerSupport } from '../../cases/need/needs.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { openCircle, tellCircle } from '../../volunteers/circle/circle.server.ts'
import { askLink, linksNow } from './links.server.ts'

const wanted = {
  ...{ offeredOn: '03.11.2026', answer: 'accepted', language: 'ru', wantedSex: 'any', fromOn: '01.12.2026' },
  months: '8',
}
let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('truncate volunteer_circle, volunteer_link_key, conflict_pair, conflict_link, conflict_word')
  const perpetrator = { relation: 'Endine', givenName: 'Igor', familyName: 'Näidis-Saar' }
  id = await referCase(cast.lea, { perpetrator })
  const { need } = await offerSupport.run(cast.lea, { id, ...wanted })
  await tellCircle.run(cast.lou, { name: 'Igor Saar' })
  await askLink.run(cast.kim, { need, volunteer: cast.volunteer })
  const pairs = await asPerson('read', cast.lea.claim, pairsToAnswer)
  const pair = pairs.find(({ caseId }) => caseId === id)?.pairId
  await answerLink.run(cast.lea, { id, pair, verdict: 'conflict', reason: 'Näidis-põhjus' })
})
const states = async () =>
  (await asPerson('read', cast.kim.claim, linksNow)).filter(({ caseId }) => caseId === id).map(({ state }) => state)

test('a coordinator who calls a volunteer by her code for a moment takes away neither the conflict nor the circle', async () => {
  expect(await states()).toEqual(['conflict'])
  await asPerson('write', cast.kim.claim, (db) =>
    sql`update volunteer set name = code where id = ${cast.volunteer}`.execute(db),
  )
  expect(await states()).toEqual(['conflict'])
  expect((await openCircle.run(cast.lou, {})).lines.map(({ text }) => text)).toEqual(['Igor Saar'])
  await cast.admin.query(`update volunteer set name = 'Lou Näidis-Lepik' where id = $1`, [cast.volunteer])
})

test('of an erased case no link is left, also where nothing of it was compared any more', async () => {
  await cast.admin.query('delete from case_link_key where case_id = $1', [id])
  expect(await states()).toEqual(['conflict'])
  await cast.admin.query('select erase_case($1)', [id])
  const left = await cast.admin.query('select 1 from conflict_pair where case_id = $1', [id])
  expect(left.rowCount).toBe(0)
})
