// Is every applicant asked the same, does an answer keep the question it answered, and does nobody else read it?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenApplication, givenCandidate } from '../../../test/recruitment.ts'
import { expectAccessible, openSite } from '../../../test/site.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { openApplicant } from '../pipeline/applicant.server.ts'
import { holdInterview, openGuide, openInterviewForm, writeGuide } from './interviews.server.ts'
import { questionsFrom } from './questions.ts'

let cast: Cast
let id = ''
beforeAll(async () => {
  cast = await openCast()
  id = await givenCandidate(cast, { name: 'Näidis-Jutt' }, today())
})
afterAll(() => cast.close())

const talk = (more = {}) => ({ id, guide: 1, heldOn: today(), conclusion: 'fits', answer1: 'Kanaar-vastus', ...more })

test('questions are a line each, as many in every language', () => {
  expect(questionsFrom({ et: 'a\n\n b ', en: 'c\r\nd', ru: 'e\nf' })).toEqual([
    { et: 'a', en: 'c', ru: 'e' },
    { et: 'b', en: 'd', ru: 'f' },
  ])
  expect(questionsFrom({ et: 'a\nb', en: 'c\nd', ru: 'e' })).toEqual({ locale: 'ru', count: 1, of: 2 })
})

test('what was answered is sealed and stays with the questions that were asked, whatever is asked later', async () => {
  await holdInterview.run(cast.kim, talk())
  const [first] = await openGuide.run(cast.kim, {})
  const asked = first.questions[0]?.et
  await writeGuide.run(cast.kim, { version: 1, et: 'Uus küsimus?', en: 'A new question?', ru: 'Новый вопрос?' })
  await holdInterview.run(cast.kim, talk({ guide: 2, conclusion: 'unsure', answer1: 'Teine vastus' }))
  const { interviews } = await openApplicant.run(cast.kim, { id })
  expect(interviews.map((one) => [one.guide.version, one.guide.questions[0]?.et, one.answers?.[0]])).toEqual([
    [1, asked, 'Kanaar-vastus'],
    [2, 'Uus küsimus?', 'Teine vastus'],
  ])
  const { rows } = await cast.admin.query('select * from interview')
  expect(JSON.stringify(rows)).not.toContain('Kanaar')
})

test('of two who change the questions at once the second hears so, and every question is in every language', async () => {
  const [{ version }] = await openGuide.run(cast.kim, {})
  const typed = { et: 'Üks?\nKaks?', en: 'One?\nTwo?', ru: 'Один?\nДва?' }
  const answers = await Promise.allSettled([1, 2].map(() => writeGuide.run(cast.kim, { version, ...typed })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(writeGuide.run(cast.kim, { version, ...typed })).rejects.toMatchObject({ status: 409 })
  const uneven = { ru: { key: 'recruitment.guide.uneven', args: { count: 1, of: 2 } } }
  await expect(writeGuide.run(cast.kim, { version: version + 1, ...typed, ru: 'Один?' })).rejects.toMatchObject({
    fields: uneven,
  })
  const many = Array(13).fill('Mis?').join('\n')
  await expect(writeGuide.run(cast.kim, { version: version + 1, et: many, en: many, ru: many })).rejects.toMatchObject({
    status: 422,
  })
})

test('an interview has been held, says something, and is with somebody on the way', async () => {
  for (const wrong of [{ heldOn: addDays(today(), 1) }, { answer1: '' }, { conclusion: '' }])
    await expect(holdInterview.run(cast.kim, talk(wrong))).rejects.toMatchObject({ status: 422 })
  await expect(holdInterview.run(cast.kim, talk({ guide: 99 }))).rejects.toMatchObject({ status: 409 })
  const fresh = await givenApplication(cast, { name: 'Näidis-Uus', email: 'uus@naidis.example', phone: '5550 5001' })
  await expect(holdInterview.run(cast.kim, talk({ id: fresh }))).rejects.toMatchObject({ status: 404 })
  await expect(openInterviewForm.run(cast.kim, { id: cast.volunteer })).rejects.toMatchObject({ status: 404 })
})

test('the manager reads the questions and no answer; past the program it is the same', async () => {
  expect((await openGuide.run(cast.peep, {})).length).toBeGreaterThan(1)
  expect((await openApplicant.run(cast.peep, { id })).interviews).toEqual([])
  for (const who of ['peep', 'lou', 'max', 'sirje', 'aino', 'ott'] as const) {
    await expect(holdInterview.run(cast[who], talk())).rejects.toMatchObject({ status: 403 })
    await expect(writeGuide.run(cast[who], { version: 1, et: 'a', en: 'b', ru: 'c' })).rejects.toMatchObject({
      status: 403,
    })
  }
})

test('on a desk and on a phone it is written down and read, and the questions are changed', async () => {
  const site = await openSite(cast)
  for (const width of [390, 1280] as const) {
    const page = await site.as('kim', { width })
    await page.goto(`/recruitment/${id}/interview`)
    await expectAccessible(page)
    await page.getByLabel('Üks?').fill('Näidis-vastus')
    await page.getByLabel('Sobib', { exact: true }).check()
    await page.getByRole('button', { name: 'Salvesta vestlus' }).click()
    await page.getByText('Vestlus on kirjas.').waitFor()
    await page.getByText('Näidis-vastus').first().waitFor()
    await page.goto('/recruitment/guide')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Tee uus versioon' }).click()
    await page.getByLabel('Küsimused vene keeles').fill('Один?')
    await page.getByRole('button', { name: 'Salvesta uus versioon' }).click()
    await page.getByText('Siin on 1 rida, eesti keeles on 2.').first().waitFor()
    await expectAccessible(page)
  }
  await site.close()
}, 120_000)
