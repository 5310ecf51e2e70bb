// Does nobody loosen alone what is kept, what slows down, and how surely somebody is known?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld } from '../../../test/attack.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { ofTwo, type SettingName, Settings } from '../../core/setting.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { formatDate } from '../../i18n/format.ts'
import { listConfirmations, waitingForMe } from '../two-people/confirmations.server.ts'
import { confirmSetting, openAsked, refuseSetting, setSetting, withdrawSetting } from './set.server.ts'
import { listSettings, openSetting } from './settings.server.ts'

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  attacker = await openAttacker(cast, await openWorld(cast))
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})
beforeEach(() =>
  cast.admin.query('delete from setting; delete from setting_asked; delete from confirmation; delete from mail_outbox'),
)

const set = (name: SettingName, value: string, who = cast.kim) =>
  setSetting.run(who, { name, value, validFrom: formatDate(today()), note: 'Näidis-käskkiri 7' })
const inForce = async (name: SettingName) => (await asPerson('read', cast.peep.claim, (db) => settingsOn(db)))[name]
const lines = async () => (await cast.admin.query('select name, value, set_by from setting order by name')).rows
const mailed = async (who: { id: string }) =>
  (await cast.admin.query('select 1 from mail_outbox where person_id = $1', [who.id])).rowCount

test('the database and the program hold the same list', async () => {
  const { rows } = await cast.admin.query<{ name: SettingName; loose: string; standard: unknown; most: number | null }>(
    'select * from settings_of_two()',
  )
  expect(
    Object.fromEntries(rows.map(({ name, loose, most }) => [name, most === null ? { loose } : { loose, most }])),
  ).toEqual(ofTwo)
  const standard = Settings.parse({})
  for (const row of rows) expect([row.name, row.standard]).toEqual([row.name, standard[row.name]])
})

test('a looser value waits for a second person, and begins when that one says yes', async () => {
  const { waits } = await set('revealsPerDay', '20')
  expect([await inForce('revealsPerDay'), await lines()]).toEqual([10, []])
  expect([await mailed(cast.ott), await mailed(cast.peep)]).toEqual([1, 0])
  expect((await openSetting.run(cast.peep, { name: 'revealsPerDay' })).waiting).toMatchObject([
    { value: 20, inForce: 10, asker: 'Kim Näidis-Koort', state: 'waiting', deciders: ['Ott Näidis-Orav'] },
  ])
  expect((await listSettings.run(cast.ott, {})).waiting).toHaveLength(1)
  expect((await listConfirmations.run(cast.ott, {})).settings).toMatchObject([{ id: waits, mine: true }])
  expect(await asPerson('read', cast.ott.claim, (db) => waitingForMe(db))).toBe(1)
  await expect(set('revealsPerDay', '25')).rejects.toBeInstanceOf(Conflict)
  for (const who of [cast.kim, cast.peep])
    await expect(confirmSetting.run(who, { id: waits })).rejects.toBeInstanceOf(NotFound)
  await confirmSetting.run(cast.ott, { id: waits })
  expect([await inForce('revealsPerDay'), await lines()]).toMatchObject([20, [{ value: 20, set_by: cast.kim.id }]])
  expect(await mailed(cast.kim)).toBe(1)
  expect(await openAsked.run(cast.kim, { id: waits })).toMatchObject({ state: 'confirmed', decider: 'Ott Näidis-Orav' })
  await expect(confirmSetting.run(cast.ott, { id: waits })).rejects.toBeInstanceOf(Conflict)
})

test('a stricter value takes one, and to go back takes two', async () => {
  expect((await set('revealsPerDay', '5')).waits).toBeNull()
  expect(await inForce('revealsPerDay')).toBe(5)
  expect((await set('fieldPinDigits', '8')).waits).toBeNull()
  expect((await set('smallCount', '4')).waits).not.toBeNull()
  const later = setSetting.run(cast.kim, { name: 'revealsPerDay', value: '10', validFrom: '2099-01-01', note: 'x' })
  expect((await later).waits).not.toBeNull()
  expect((await set('maxActiveCases', '5')).waits).toBeNull()
})

test.each([
  ['paperYears', '3'],
  ['paperYears', '10'],
  ['talkMonths', '6'],
  ['volunteerYears', '20'],
  ['refusedMonths', '12'],
  ['looksPerMinute', '240'],
  ['exportsPerDay', '30'],
  ['oidcAcr', 'substantial'],
  ['helperPassword', 'yes'],
  ['planSelfApproval', 'yes'],
  ['fieldTries', '20'],
] as const)('%s to %s waits', async (name, value) => {
  expect((await set(name, value, cast.ott)).waits).not.toBeNull()
  expect(await lines()).toEqual([])
})

test.each([
  ['looksPerMinute', '100000'],
  ['exportsPerDay', '100'],
  ['revealsPerDay', '31'],
] as const)('%s is not set to %s by any two', async (name, value) => {
  await expect(set(name, value)).rejects.toBeInstanceOf(Invalid)
})

test('what was refused, taken back, run out, or asked by somebody who sets nothing any more begins by nobody', async () => {
  const ask = async () => (await set('exportsPerDay', '20')).waits ?? ''
  const refused = await ask()
  await refuseSetting.run(cast.ott, { id: refused, reason: 'Näidis: ei ole vaja' })
  const back = await ask()
  await expect(withdrawSetting.run(cast.ott, { id: back })).rejects.toBeInstanceOf(NotFound)
  await withdrawSetting.run(cast.kim, { id: back })
  const old = await ask()
  await cast.admin.query('update setting_asked set expires_at = now() where id = $1', [old])
  const left = await ask()
  await cast.admin.query(`update person_role set valid_to = '2020-12-31' where person_id = $1`, [cast.kim.id])
  for (const id of [refused, back, old, left])
    await expect(confirmSetting.run(cast.ott, { id })).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.kim.id])
  expect(await lines()).toEqual([])
  await expect(withdrawSetting.run(cast.kim, { id: old })).rejects.toBeInstanceOf(Conflict)
})

test('whoever sets or confirms has just shown who it is', async () => {
  const { person } = await signIn(cast.admin, cast.kim.id)
  await cast.admin.query(`update session set proved_at = now() - interval '1 hour' where id = $1`, [person.sessionId])
  const stale = { ...person, provedAt: new Date(Date.now() - 3_600_000) }
  await expect(set('maxActiveCases', '3', stale)).rejects.toBeInstanceOf(Refused)
  const { waits } = await set('revealsPerDay', '20', cast.ott)
  await expect(confirmSetting.run(stale, { id: waits })).rejects.toBeInstanceOf(Refused)
})

const line = (name: string, value: string, day = `'2031-01-01'`) =>
  `insert into setting (name, valid_from, value, note, set_by) values ('${name}', ${day}, '${value}', 'x', auth_person())`
const asked = (by: string, value = '20') =>
  `insert into setting_asked (name, valid_from, value, note, asked_by, expires_at) values ('revealsPerDay', '2031-01-01', '${value}', 'x', ${by}, now() + interval '1 day')`
const decided = (how = 'confirmed') =>
  `select 1 where setting_decide((select id from setting_asked limit 1), '${how}', 'x')`

test('no statement gets round the second person', async () => {
  for (const [who, statement] of [
    ['kim', line('revealsPerDay', '5')],
    ['kim', line('maxActiveCases', '5')],
    ['kim', asked('auth_person()')],
  ] as const)
    expect(await attacker.attempt(who, statement, 'write'), statement).toBe(1)
  await set('revealsPerDay', '20')
  for (const [who, statement] of [
    ['kim', line('revealsPerDay', '11')],
    ['kim', line('revealsPerDay', '11', `'1900-01-01'`)],
    ['ott', line('paperYears', '1')],
    ['ott', line('oidcAcr', '"substantial"')],
    ['ott', line('helperPassword', '"yes"')],
    ['ott', line('looksPerMinute', '100000')],
    ['ott', line('looksPerMinute', '"100000"')],
    ['kim', asked('auth_person()', '31')],
    ['kim', asked('auth_person()', '5')],
    ['kim', asked(`':ott'`)],
    ['peep', asked('auth_person()')],
    ['lea', asked('auth_person()')],
    ['kim', decided()],
    ['peep', decided()],
    ['aino', decided()],
    ['lea', decided()],
    ['ott', `select 1 where setting_withdraw((select id from setting_asked limit 1))`],
    ['ott', `update setting_asked set decision = 'confirmed', decided_by = auth_person(), decided_at = now()`],
    ['kim', `update setting set value = '50'`],
    ['lea', `select 1 from setting_asked`],
  ] as const)
    expect([0, '42501'], `${who} ${statement}`).toContain(await attacker.attempt(who, statement, 'write'))
  expect(['42501']).toContain(await attacker.attempt('ott', decided(), 'read'))
  expect(await attacker.attempt('ott', decided(), 'write')).toBe(1)
})
