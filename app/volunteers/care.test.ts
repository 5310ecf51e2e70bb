// Is everybody told in time, once, and without a word about whom?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenAssignment, givenVolunteer, paper } from '../../test/volunteers.ts'
import { standAt } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { jobs } from '../jobs.ts'
import { careList, evidenceLapses, lapsingEvidence } from './care.server.ts'

let cast: Cast
let helper = ''
const papers = [paper('training', '2026-01-02'), paper('pledge', '2026-01-03'), paper('background', '2026-01-10')]
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query('update volunteer_evidence set valid_from = $1, valid_to = $2', ['2026-12-01', '2030-01-01'])
  await cast.admin.query(`update volunteer_status set from_on = '2026-11-01'`)
  const twins = {
    evidence: [...papers, paper('contract', '2026-01-03')],
    childContact: true,
    supervisorId: cast.sirje.id,
  }
  helper = await givenVolunteer(cast, { ...twins, name: 'Esimene Näidis' })
  await givenVolunteer(cast, { ...twins, name: 'Teine Näidis' })
  await givenVolunteer(cast, { ...twins, name: 'Kolmas Näidis', childContact: false })
  const left = { status: 'ended', fromOn: '2026-02-01', untilOn: null, reason: 'Näidis' } as const
  await givenVolunteer(cast, { ...twins, name: 'Lahkunud Näidis', status: left })
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const on = (day: string) => standAt(new Date(`${day}T05:00:00Z`))
const sent = async () => (await cast.admin.query('select person_id, kind, unique_key from mail_outbox')).rows
const ask = <R>(who: 'kim' | 'max' | 'sirje', work: Parameters<typeof asPerson<R>>[2]) =>
  asPerson('read', cast[who].claim, work)

test('the job runs every morning with the others', () => {
  expect(jobs).toContain(evidenceLapses)
  expect(evidenceLapses.cron).toBe('30 6 * * *')
})

test('the coordinator is told 30 days and 7 days ahead, once each, with one e-mail for papers of one day', async () => {
  on('2026-12-10')
  expect(await evidenceLapses.run(cast.sys)).toBe(0)
  on('2026-12-11')
  await evidenceLapses.run(cast.sys)
  await evidenceLapses.run(cast.sys)
  expect(await sent()).toMatchObject([{ person_id: cast.kim.id, kind: 'reminder' }])
  on('2027-01-02')
  await evidenceLapses.run(cast.sys)
  expect(await sent()).toHaveLength(1)
  on('2027-01-03')
  await evidenceLapses.run(cast.sys)
  on('2027-01-04')
  await evidenceLapses.run(cast.sys)
  expect(await sent()).toHaveLength(2)
})

test('a day on which the process slept loses no warning', async () => {
  await cast.admin.query('delete from mail_outbox')
  on('2027-01-06')
  await evidenceLapses.run(cast.sys)
  expect(await sent()).toHaveLength(1)
})

test('on lapse the supervisor is told too, where there is a case in hand', async () => {
  await cast.admin.query('delete from mail_outbox')
  on('2027-01-11')
  await evidenceLapses.run(cast.sys)
  expect((await sent()).map((row) => row.person_id)).toEqual([cast.kim.id])
  await givenAssignment(cast, helper, 'active')
  await evidenceLapses.run(cast.sys)
  expect((await sent()).map((row) => row.person_id)).toEqual([cast.kim.id, cast.sirje.id])
  // Neither the kind of e-mail nor its key says whom it is about.
  for (const row of await sent()) expect(`${row.kind} ${row.unique_key}`).not.toContain(helper)
})

test('the volunteer herself is told each time, and whoever guides her a week ahead where there is a case in hand', async () => {
  await cast.admin.query('delete from mail_outbox')
  await cast.admin.query('update volunteer set person_id = null where person_id = $1', [cast.lou.id])
  await cast.admin.query('update volunteer set person_id = $1 where id = $2', [cast.lou.id, helper])
  const told = async (day: string) => {
    await cast.admin.query('delete from mail_outbox')
    on(day)
    await evidenceLapses.run(cast.sys)
    return (await sent()).map((row) => row.person_id)
  }
  expect(await told('2026-12-11')).toEqual([cast.kim.id, cast.lou.id])
  expect(await told('2027-01-03')).toEqual([cast.kim.id, cast.sirje.id, cast.lou.id])
  // The second warning comes as many days ahead as the setting says.
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('evidenceLastDays', '2026-01-01', '14', 'Näidis', $1)`,
    [cast.kim.id],
  )
  expect(await told('2026-12-27')).toEqual([cast.kim.id, cast.sirje.id, cast.lou.id])
})

test('what lapsed long ago sends nobody a pile of e-mail', async () => {
  await cast.admin.query('delete from mail_outbox')
  on('2027-03-01')
  expect(await evidenceLapses.run(cast.sys)).toBe(0)
})

test('the home page hears which papers lapse and have lapsed, of those who work by them', async () => {
  on('2026-12-20')
  expect((await ask('kim', lapsingEvidence)).map(({ name, kind, state, until }) => [name, kind, state, until])).toEqual(
    [
      // Where there is an account, the register has its name.
      ['Lou Näidis-Lepik', 'background', 'soon', '2027-01-10'],
      ['Teine Näidis', 'background', 'soon', '2027-01-10'],
    ],
  )
  on('2027-01-11')
  expect((await ask('kim', lapsingEvidence)).map((one) => one.state)).toEqual(['lapsed', 'lapsed'])
  expect(await ask('max', lapsingEvidence)).toEqual([])
})

test('the care list names who has waited six months for a case', async () => {
  on('2026-12-20')
  expect((await ask('kim', careList)).map(({ name, since }) => [name, since])).toEqual([
    ['Teine Näidis', '2026-01-05'],
    ['Kolmas Näidis', '2026-01-05'],
  ])
  expect((await ask('sirje', careList)).map((one) => one.name)).toEqual(['Teine Näidis', 'Kolmas Näidis'])
  expect(await ask('max', careList)).toEqual([])
})

test('a check with a last day of its own is warned of by that day, not by the months of the rule', async () => {
  await cast.admin.query(
    `update volunteer_evidence set valid_from = '2026-12-05', valid_to = '2027-03-20' where kind = 'background' and volunteer_id = $1`,
    [helper],
  )
  const told = async (day: string) => {
    await cast.admin.query('delete from mail_outbox')
    on(day)
    await evidenceLapses.run(cast.sys)
    return (await sent()).map((row) => row.unique_key).filter((key) => key.includes('/2027-03-20/'))
  }
  const letters = (stage: string, ...people: string[]) => people.map((one) => `evidence/${stage}/2027-03-20/${one}`)
  expect(await told('2027-02-17')).toEqual([])
  expect(await told('2027-02-18')).toEqual(letters('first', cast.kim.id, cast.lou.id))
  expect(await told('2027-03-13')).toEqual(letters('last', cast.kim.id, cast.sirje.id, cast.lou.id))
  await cast.admin.query(
    `update volunteer_evidence set valid_from = '2026-01-10', valid_to = null where kind = 'background' and volunteer_id = $1`,
    [helper],
  )
})

test('a certificate that ends is warned of like every other paper, thirty days ahead and again', async () => {
  await cast.admin.query(
    `update volunteer_evidence set valid_to = '2027-02-20' where kind = 'training' and volunteer_id = $1`,
    [helper],
  )
  const told = async (day: string) => {
    await cast.admin.query('delete from mail_outbox')
    on(day)
    await evidenceLapses.run(cast.sys)
    return (await sent()).map((row) => row.unique_key).filter((key) => key.includes('/2027-02-20/'))
  }
  expect(await told('2027-01-20')).toEqual([])
  const letters = (stage: string, ...people: string[]) => people.map((one) => `evidence/${stage}/2027-02-20/${one}`)
  expect(await told('2027-01-21')).toEqual(letters('first', cast.kim.id, cast.lou.id))
  expect(await told('2027-02-19')).toEqual(letters('last', cast.kim.id, cast.sirje.id, cast.lou.id))
})
