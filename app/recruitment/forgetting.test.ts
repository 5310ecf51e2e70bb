// Are those who did not go on forgotten when their time is over, all of them, nobody else, and for good?
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenApplication, givenCandidate } from '../../test/recruitment.ts'
import { givenVolunteer } from '../../test/volunteers.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { jobs } from '../jobs.ts'
import { readLedger, useLedger } from '../process/ledger.server.ts'
import { applicantsForgotten } from './forgetting.server.ts'
import { openApplicant } from './pipeline/applicant.server.ts'
import { joinKnown, refuseApplicant } from './pipeline/moves.server.ts'

let cast: Cast
let folder = ''
beforeAll(async () => {
  cast = await openCast()
  folder = await mkdtemp(join(tmpdir(), 'ledger-'))
  useLedger(join(folder, 'ledger'))
})
afterAll(async () => {
  await cast.close()
  await rm(folder, { recursive: true })
})

const no = { reason: 'silent', remark: 'Kanaar-põhjus' }
/** So many months ago, at the same hour by Estonia's clocks: in between they may have been changed. */
const age = (id: string, months: number) =>
  cast.admin.query(
    `with a as (update application set decided_at = (decided_at at time zone 'Europe/Tallinn' - make_interval(months => $2)) at time zone 'Europe/Tallinn' where id = $1)
     update volunteer_status set from_on = from_on - make_interval(months => $2) where volunteer_id = $1`,
    [id, months],
  )

test('the job runs every night with the others', () => {
  expect(jobs).toContain(applicantsForgotten)
})

test('by the setting, to the day; the reason stays as a number, and the ledger remembers', async () => {
  const who = (name: string, phone: string) => ({ name: `Näidis-${name}`, email: `${phone}@naidis.example`, phone })
  const refused = await givenApplication(cast, who('Kanaar Üks', '55502001'))
  const young = await givenApplication(cast, who('Kanaar Kaks', '55502002'))
  const waiting = await givenApplication(cast, who('Kanaar Kolm', '55502003'))
  const left = await givenCandidate(cast, who('Kanaar Neli', '55502004'), today())
  const there = await givenVolunteer(cast, { name: 'Näidis-Kanaar Viis', email: '55502005@naidis.example' })
  const known = await givenApplication(cast, who('Kanaar Viis', '55502005'))
  await joinKnown.run(cast.kim, { id: known })
  for (const id of [refused, young, left]) await refuseApplicant.run(cast.kim, { id, ...no })
  for (const id of [refused, left, known]) await age(id, 6)
  await age(young, 5)
  expect(await applicantsForgotten.run(cast.sys)).toBe(3)
  expect(await applicantsForgotten.run(cast.sys)).toBe(0)
  expect(
    readLedger()
      .map(({ owner }) => owner)
      .toSorted(),
  ).toEqual([refused, left, known].toSorted())
  const opened = await openApplicant.run(cast.kim, { id: refused })
  expect(opened.application).toMatchObject({ outcome: 'refused', noReason: 'silent', facts: null, remark: null })
  expect((await openApplicant.run(cast.kim, { id: left })).volunteer?.name).toMatch(/^TI-/)
  for (const id of [young, waiting])
    expect((await openApplicant.run(cast.kim, { id })).application?.facts).not.toBeNull()
  expect((await openApplicant.run(cast.kim, { id: there })).volunteer?.name).toBe('Näidis-Kanaar Viis')
  const { rows: keys } = await cast.admin.query('select wrapped from sealed_key where owner_id = any ($1)', [
    [refused, left, known],
  ])
  expect(keys).toEqual(Array(3).fill({ wrapped: null }))
  const { rows: logged } = await cast.admin.query(
    `select count(*)::int as count from audit_event where action = 'recruitment.forget'`,
  )
  expect(logged).toEqual([{ count: 3 }])
})

test('nobody but the process forgets', async () => {
  for (const who of ['kim', 'aino', 'ott'] as const)
    await expect(
      asPerson('write', cast[who].claim, (db) => sql`select * from erase_applicants()`.execute(db)),
    ).rejects.toMatchObject({ status: 404 })
})
