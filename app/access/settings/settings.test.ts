// Does every setting say what it is, where it comes from, and since when it holds?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { Settings, settingNames } from '../../core/setting.ts'
import { isKey, translator } from '../../i18n/i18n.ts'
import { setSetting } from './set.server.ts'
import { settingChoices, settingGroups, settingRange, settingsOf, settingValue } from './setting-words.ts'
import { openSetting } from './settings.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

test('every setting has a name, a note on its source and a place on the page', () => {
  const unnamed = settingNames.filter(
    (name) => !isKey(`core.setting.name.${name}`) || !isKey(`core.setting.note.${name}`),
  )
  expect(unnamed).toEqual([])
  expect(settingGroups.flatMap(settingsOf).toSorted()).toEqual(settingNames.toSorted())
})

test('the database counts by the same defaults as the catalogue, and looks at the settings in one place', async () => {
  const { rows } = await cast.admin.query<{ name: string; body: string }>(
    `select proname as name, prosrc as body from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'`,
  )
  const call = /\b(?:setting_now|glass_limit)\(\s*'(\w+)'\s*,\s*([^)]*?)\s*\)/g
  const said = rows.flatMap(({ name, body }) =>
    [...body.matchAll(call)].map(([, setting = '', otherwise]) => ({ at: name, setting, otherwise })),
  )
  const defaults: Record<string, unknown> = Settings.parse({})
  expect(said.filter(({ setting, otherwise }) => String(defaults[setting]) !== otherwise)).toEqual([])
  expect(new Set(said.map(({ setting }) => setting)).size).toBeGreaterThanOrEqual(20)
  // Whoever passes a name on, or looks at the table itself, would pass by this test: the turns are given theirs by the catalogue.
  const calls = rows.filter(
    ({ body }) => [...body.matchAll(/\b(setting_now|glass_limit)\(/g)].length > [...body.matchAll(call)].length,
  )
  expect(calls.map(({ name }) => name).toSorted()).toEqual(['auth_turns', 'glass_limit'])
  const lookers = rows.filter(({ body }) => /\b(from|join) setting\b/.test(body)).map(({ name }) => name)
  expect(lookers.toSorted()).toEqual(wordsOnly)
})

// Settings that are words have no count to agree on: how strong a sign-in must be, whether a helper's password counts, the text of the law, whether one may approve what one asked for, and which talks are a
// supervision. What is looser than what holds is told from any day on (two.test.ts compares its defaults).
const wordsOnly = [
  'door_acr',
  'law_text_now',
  'password_barred',
  'plan_answers',
  'setting_now',
  'setting_takes_two',
  'supervision_standing',
]

test('a value is said with its unit', () => {
  const t = translator('et')
  expect(settingValue(t, 'backgroundMonths', 1)).toBe('1 kuu')
  expect(settingValue(t, 'managerReportDueDay', 10)).toBe('kuu 10. päev')
  expect(settingValue(t, 'lawBasisText', '')).toBe('Määramata')
  expect(settingRange('maxActiveCases')).toEqual({ min: 1, max: 10 })
  expect(settingRange('lawBasisText')).toBeNull()
  expect(settingValue(t, 'oidcAcr', 'high')).toBe('kõrge (high)')
  expect(settingChoices('oidcAcr')).toEqual(['substantial', 'high'])
})

test('one setting tells what holds, what comes and who decided', async () => {
  await setSetting.run(cast.kim, {
    name: 'reportDueDays',
    value: '7',
    validFrom: '2099-01-01',
    note: 'Näidis-käskkiri 2',
  })
  const seen = await openSetting.run(cast.peep, { name: 'reportDueDays' })
  expect(seen).toMatchObject({ inForce: 5, since: null, standard: 5 })
  expect(seen.lines).toMatchObject([{ value: 7, validFrom: '2099-01-01', setBy: 'Kim Näidis-Koort' }])
})

test('settings are for those who answer for the service', async () => {
  for (const me of [cast.lou, cast.max])
    await expect(openSetting.run(me, { name: 'adultAge' })).rejects.toBeInstanceOf(Refused)
  await expect(
    setSetting.run(cast.peep, { name: 'adultAge', value: '18', validFrom: '2099-01-01', note: 'x' }),
  ).rejects.toBeInstanceOf(Refused)
  await expect(openSetting.run(cast.kim, { name: 'nothing' })).rejects.not.toBeInstanceOf(NotFound)
})

test('how surely the state’s sign-in must know somebody cannot be set below what the source asks for', async () => {
  const set = (value: string) =>
    setSetting.run(cast.ott, { name: 'oidcAcr', value, validFrom: '2099-01-01', note: 'Näidis-käskkiri 3' })
  await set('substantial')
  await expect(set('low')).rejects.toMatchObject({ fields: { value: { key: 'core.setting.outOfRange' } } })
})
