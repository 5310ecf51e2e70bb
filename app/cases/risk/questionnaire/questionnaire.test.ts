// Can a new version of the questionnaire come into force from a day on, so that what was assessed before stays as it was?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../../test/cases.ts'
import { type Cast, openCast } from '../../../../test/cast.ts'
import { createApp } from '../../../app.tsx'
import { standAt } from '../../../core/clock.server.ts'
import { Refused } from '../../../core/errors.ts'
import { csrfToken } from '../../../core/session.server.ts'
import { locales } from '../../../i18n/i18n.ts'
import { saveAssessment } from '../assess.server.ts'
import { listAssessments, openAssess } from '../assessments.server.ts'
import type { Question } from '../instrument.ts'
import { addQuestionnaire, listQuestionnaires, openQuestionnaire } from './questionnaire.server.ts'
import { fieldAt } from './questionnaire.ts'

const origin = 'http://localhost:3000'
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() => standAt(new Date('2026-11-23T09:00:00Z')))
afterEach(async () => {
  standAt(null)
  await cast.admin.query('delete from assessment; delete from instrument where version > 1')
})

const fieldsOf = (questions: readonly Question[]) =>
  Object.fromEntries(
    questions.flatMap((one) => [
      ...locales.map((locale) => [fieldAt(locale, one.id), one[locale]]),
      ...(one.critical ? [[fieldAt('critical', one.id), 'yes']] : []),
    ]),
  )
const numbers = { highFrom: '12', mediumFrom: '8', escalationFrom: '2', note: 'Näidis-juhend' }
async function typed(more: Record<string, string> = {}) {
  const { newest } = await openQuestionnaire.run(cast.kim, {})
  return {
    seen: newest.id,
    name: newest.name,
    validFrom: '24.11.2026',
    ...numbers,
    ...fieldsOf(newest.questions),
    ...more,
  }
}
const wrongAt = (...names: string[]) =>
  expect.objectContaining({ fields: Object.fromEntries(names.map((name) => [name, expect.anything()])) })

test('a version holds from its day, with its questions, counts and ground; the one before stays', async () => {
  const fresh = { 'et.new_a': 'Näidis: kas tal on relv?', 'en.new_a': 'A weapon?', 'ru.new_a': 'Есть ли оружие?' }
  await addQuestionnaire.run(cast.kim, await typed({ ...fresh, 'critical.new_a': 'yes' }))
  const { versions, now } = await listQuestionnaires.run(cast.ott, {})
  expect(versions.map(({ version, highFrom, questions }) => [version, highFrom, questions.length])).toEqual([
    [2, 12, 25],
    [1, 14, 24],
  ])
  expect(versions[1]?.id).toBe(now)
  expect(versions[0]?.questions.at(-1)).toMatchObject({ critical: true, et: fresh['et.new_a'] })
  expect(versions[0]?.questions.at(-1)?.id).toMatch(/^q_[a-p]{12}$/)
  const id = await referCase(cast.lea)
  expect((await openAssess.run(cast.lea, { id })).instrument.version).toBe(1)
  standAt(new Date('2026-11-24T09:00:00Z'))
  expect((await openAssess.run(cast.lea, { id })).instrument).toMatchObject({ version: 2, highFrom: 12 })
})

test('the new count decides from its day on, and not about what was assessed before', async () => {
  const id = await referCase(cast.lea)
  const assess = async (madeOn: string) => {
    const { instrument } = await openAssess.run(cast.lea, { id })
    const plain = instrument.questions.filter((one) => !one.critical).slice(0, 12)
    const answers = instrument.questions.map((one) => [`answers.${one.id}`, plain.includes(one) ? 'yes' : 'no'])
    const form = { id, madeOn, withVictim: 'yes', save: 'final', ...Object.fromEntries(answers) }
    return (await saveAssessment.run(cast.lea, form)).level
  }
  expect(await assess('23.11.2026')).toBe('medium')
  await addQuestionnaire.run(cast.ott, await typed())
  standAt(new Date('2026-11-24T09:00:00Z'))
  expect(await assess('24.11.2026')).toBe('high')
  const levels = (await listAssessments.run(cast.lea, { id })).assessments.map(({ level, version }) => [version, level])
  expect(levels).toEqual([
    [2, 'high'],
    [1, 'medium'],
  ])
})

test('a question that is empty in every language is left out, in one alone it is missing there', async () => {
  const [first, second] = (await openQuestionnaire.run(cast.kim, {})).newest.questions
  const none = Object.fromEntries(locales.map((locale) => [fieldAt(locale, first?.id ?? ''), '']))
  await expect(addQuestionnaire.run(cast.kim, await typed({ [`ru.${second?.id}`]: '' }))).rejects.toEqual(
    wrongAt(`ru.${second?.id}`),
  )
  await addQuestionnaire.run(cast.kim, await typed(none))
  const { versions } = await listQuestionnaires.run(cast.kim, {})
  expect(versions[0]?.questions.map(({ id }) => id)).not.toContain(first?.id)
})

test('counts that do not agree, a day that has passed and a ground that is missing are said at their fields', async () => {
  const add = async (more: Record<string, string>) => addQuestionnaire.run(cast.kim, await typed(more))
  await expect(add({ mediumFrom: '12' })).rejects.toEqual(wrongAt('mediumFrom'))
  await expect(add({ highFrom: '25' })).rejects.toEqual(wrongAt('highFrom'))
  await expect(add({ validFrom: '22.11.2026' })).rejects.toEqual(wrongAt('validFrom'))
  await expect(add({ note: '' })).rejects.toEqual(wrongAt('note'))
  expect((await listQuestionnaires.run(cast.kim, {})).versions).toHaveLength(1)
})

test('of two who make the next version from the same one the second is told, and shown what the first has made', async () => {
  const form = await typed()
  await addQuestionnaire.run(cast.ott, { ...form, name: 'Näidis-nimi' })
  await expect(addQuestionnaire.run(cast.kim, form)).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  const app = createApp({ origin, secure: false, demo: true })
  const answer = await app.request(`${origin}/questionnaire/new`, {
    method: 'POST',
    headers: { cookie: `sid=${cast.cookies.kim}`, origin },
    body: new URLSearchParams({ ...form, _csrf: csrfToken(cast.kim) }),
  })
  const text = await answer.text()
  expect(answer.status).toBe(409)
  for (const words of ['Praegu on kirjas', 'Näidis-nimi', `value="${form.name}"`]) expect(text).toContain(words)
  await addQuestionnaire.run(cast.kim, { ...(await typed()), highFrom: '13' })
  expect((await listQuestionnaires.run(cast.kim, {})).versions.map(({ version }) => version)).toContain(2)
})

test('it is written by who runs the service, read by who reads the settings, and by nobody else', async () => {
  const form = await typed()
  for (const who of [cast.lea, cast.mall, cast.lou, cast.max, cast.peep, cast.aino, cast.jaan])
    await expect(addQuestionnaire.run(who, form)).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.peep, cast.aino])
    expect((await listQuestionnaires.run(who, {})).versions.length).toBeGreaterThan(0)
  for (const who of [cast.lea, cast.lou]) await expect(listQuestionnaires.run(who, {})).rejects.toBeInstanceOf(Refused)
})
