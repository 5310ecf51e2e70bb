// Can somebody without an account answer about a candidate – once, in time, sealed, hearing no more than they must?
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { readLetter } from '../../../test/letters.ts'
import { givenCandidate } from '../../../test/recruitment.ts'
import { askedReferee, lastLink, referee, said } from '../../../test/reference.ts'
import { openSink } from '../../../test/sink.ts'
import { expectAccessible, openSite } from '../../../test/site.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { today } from '../../core/clock.server.ts'
import { logTo } from '../../core/log.server.ts'
import type { Env } from '../../core/page.tsx'
import { sendMail, useMail } from '../../process/mail.server.ts'
import { openApplicant } from '../pipeline/applicant.server.ts'
import { refuseApplicant } from '../pipeline/moves.server.ts'
import { listPipeline } from '../pipeline/pipeline.server.ts'
import { askReference, openAskReference, revokeReference, sendAgain } from './references.server.ts'

const origin = 'http://localhost:3000'
const lines: string[] = []
let cast: Cast
let app: Hono<Env>
let id = ''
beforeAll(async () => {
  cast = await openCast()
  logTo((line) => lines.push(line))
  app = createApp({ origin, secure: false, demo: false })
  id = await givenCandidate(cast, { name: 'Näidis-Kandidaat Salajane' }, today())
})
beforeEach(() =>
  cast.admin.query(
    `delete from application_try; delete from mail_outbox; delete from reference_request; delete from setting where name like 'reference%'`,
  ),
)
afterAll(() => cast.close())

const opened = async () => (await openApplicant.run(cast.kim, { id })).references
async function visit(link: string) {
  const visitor = newVisitor(app, origin)
  return { visitor, answer: await visitor.get(link) }
}

test('a link leads to the question, which names no more than the first name and a letter; looking uses nothing up', async () => {
  const { link } = await askedReferee(cast, id)
  expect(link).toMatch(/^\/reference\/[A-Za-z0-9_-]{43}$/)
  const first = await visit(link)
  expect([first.answer.status, first.answer.headers.get('location')]).toEqual([303, '/reference'])
  const { visitor } = await visit(link)
  const page = await (await visitor.get('/reference')).text()
  expect(page).toContain('Näidis-Kandidaat S.')
  expect(page).not.toContain('Salajane')
  expect(page).toContain('action="/reference"')
  expect(page).toContain('href="/exit"')
  // The link stays in no address, no row and no line of the log.
  const token = link.split('/').at(-1) ?? ''
  const { rows } = await cast.admin.query('select * from reference_request')
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(JSON.stringify(rows)).not.toMatch(/Soovitaja|soovitaja@/)
  expect(lines.join('\n')).not.toContain(token)
})

test('an answer is taken once, sealed, and read by the coordinator alone', async () => {
  const { link } = await askedReferee(cast, id)
  const { visitor } = await visit(link)
  const answer = await visitor.post('/reference', said)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/reference/thanks'])
  expect((await visitor.get('/reference/thanks')).status).toBe(200)
  const [one] = await opened()
  expect(one).toMatchObject({ state: 'answered', form: 1, referee: { name: referee.name } })
  expect(one?.answers).toEqual({ ...said, worry: null, phone: null })
  const { rows } = await cast.admin.query('select * from reference_request')
  expect(JSON.stringify(rows)).not.toMatch(/tutvus|rahulikuks/)
  const [seen] = (await openApplicant.run(cast.peep, { id })).references
  expect(seen).toMatchObject({ state: 'answered', referee: null, answers: null })
  // The link is used up, for whoever comes again and for whoever still holds the page.
  expect((await visit(link)).answer.status).toBe(404)
  expect((await visitor.post('/reference', said)).status).toBe(404)
  const { rows: told } = await cast.admin.query(`select person_id, kind from mail_outbox where kind = 'new-task'`)
  expect(told).toEqual([{ person_id: cast.kim.id, kind: 'new-task' }])
  await expect(sendAgain.run(cast.kim, { id, reference: one?.id })).rejects.toMatchObject({ status: 409 })
})

test('of five at once one is taken', async () => {
  const { link } = await askedReferee(cast, id)
  const visitors = await Promise.all(Array.from({ length: 5 }, async () => (await visit(link)).visitor))
  const answers = await Promise.all(visitors.map((visitor) => visitor.post('/reference', said)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 404, 404, 404, 404])
})

test('what is wrong is said at the field in the language of the page, and nothing typed is lost', async () => {
  const { link } = await askedReferee(cast, id)
  const { visitor } = await visit(link)
  for (const [locale, words] of [
    ['et', 'Kirjuta siia vastus.'],
    ['en', 'Write an answer here.'],
    ['ru', 'Напишите здесь ответ.'],
  ] as const) {
    await visitor.post('/language', { locale, back: '/reference' })
    const answer = await visitor.post('/reference', { ...said, calm: '', silence: 'sometimes' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    for (const one of [words, said.known, `lang="${locale}"`]) expect(page).toContain(one)
  }
  expect((await opened())[0]?.state).toBe('asked')
})

test('another language in the middle of it loses nothing and answers nothing', async () => {
  const { link } = await askedReferee(cast, id)
  const { visitor } = await visit(link)
  const answer = await visitor.post('/reference', { ...said, calm: '', locale: 'en' })
  const page = await answer.text()
  expect([answer.status, visitor.cookies.get('lang')]).toEqual([200, 'en'])
  expect(page).toContain(said.known)
  expect(page).not.toContain('govuk-error-summary')
  expect((await opened())[0]?.state).toBe('asked')
})

test('a link runs out, is sent again as another one, and is taken back', async () => {
  const { link, reference } = await askedReferee(cast, id)
  const list = async () => (await listPipeline.run(cast.kim, {})).rows.find((one) => one.id === id)?.references
  expect(await list()).toEqual({ asked: 1, answered: 0, expired: 0 })
  await cast.admin.query(
    `update reference_request set sent_at = now() - interval '20 days', expires_at = now() - interval '1 minute'`,
  )
  expect((await opened())[0]?.state).toBe('expired')
  expect(await list()).toEqual({ asked: 1, answered: 0, expired: 1 })
  expect((await visit(link)).answer.status).toBe(404)
  await sendAgain.run(cast.kim, { id, reference })
  const again = await lastLink(cast)
  expect(again).not.toBe(link)
  expect((await visit(link)).answer.status).toBe(404)
  const { visitor, answer } = await visit(again)
  expect(answer.status).toBe(303)
  await revokeReference.run(cast.kim, { id, reference })
  expect((await visitor.post('/reference', said)).status).toBe(404)
  expect((await opened())[0]?.state).toBe('revoked')
  expect(await list()).toBeNull()
  await expect(revokeReference.run(cast.kim, { id, reference })).rejects.toMatchObject({ status: 404 })
  await expect(sendAgain.run(cast.kim, { id, reference })).rejects.toMatchObject({ status: 409 })
})

test('a link holds as many days as the setting says, and for nobody who does not go on', async () => {
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('referenceDays', '2026-01-01', '3', 'Näidis', $1)`,
    [cast.kim.id],
  )
  expect((await openAskReference.run(cast.kim, { id })).days).toBe(3)
  const other = await givenCandidate(
    cast,
    { name: 'Näidis-Teine', email: 'teine@naidis.example', phone: '5550 6001' },
    today(),
  )
  const { link } = await askedReferee(cast, other)
  const { rows } = await cast.admin.query(
    `select round(extract(epoch from expires_at - now()) / 86400) as days from reference_request`,
  )
  expect(Number(rows[0]?.days)).toBe(3)
  await refuseApplicant.run(cast.kim, { id: other, reason: 'time', remark: 'Näidis' })
  expect((await visit(link)).answer.status).toBe(404)
  await expect(askedReferee(cast, other)).rejects.toMatchObject({ status: 404 })
})

test('whoever tries links is stopped after as many as the setting says, and uses up nobody’s applications', async () => {
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('referenceTriesPerHour', '2026-01-01', '5', 'Näidis', $1)`,
    [cast.kim.id],
  )
  const { link } = await askedReferee(cast, id)
  const wrong = `/reference/${'x'.repeat(43)}`
  for (let nth = 0; nth < 5; nth++) expect((await visit(wrong)).answer.status).toBe(404)
  const stopped = (await visit(link)).answer
  expect(stopped.status).toBe(429)
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(3500)
  const { rows } = await cast.admin.query(`select apply_wait(address_key) as wait from application_try limit 1`)
  expect(rows[0]?.wait).toBe(0)
  await cast.admin.query(`update application_try set at = at - interval '61 minutes'`)
  expect((await visit(link)).answer.status).toBe(303)
})

test('the letter says nothing of whom or what, leads to the link, and the address is then forgotten', async () => {
  const letters: { to: string; text: string }[] = []
  const sink = await openSink((letter) => letters.push(letter))
  useMail({ smtpUrl: sink.url, outbox: '', sender: 'teated@naidis.example', origin })
  const { link } = await askedReferee(cast, id)
  await sendMail(cast.sys)
  await sink.close()
  const letter = letters.find(({ to }) => to === referee.email)
  const { body } = readLetter(letter?.text ?? '')
  expect(body).toContain(`${origin}${link}`)
  expect(body).not.toMatch(/Kandidaat|Salajane|abatahtlik|ugiisik/)
  const { rows } = await cast.admin.query(`select to_sealed, link_sealed from mail_outbox where kind = 'reference'`)
  expect(rows).toEqual([{ to_sealed: null, link_sealed: null }])
})

test('nobody asks but the coordinator, and not before the candidate agrees', async () => {
  const { reference } = await askedReferee(cast, id)
  await expect(askReference.run(cast.kim, { id, ...referee, agreed: '' })).rejects.toMatchObject({
    fields: { agreed: {} },
  })
  for (const who of ['peep', 'lou', 'max', 'sirje', 'aino', 'ott'] as const) {
    await expect(askReference.run(cast[who], { id, ...referee })).rejects.toMatchObject({ status: 403 })
    await expect(sendAgain.run(cast[who], { id, reference })).rejects.toMatchObject({ status: 403 })
    await expect(revokeReference.run(cast[who], { id, reference })).rejects.toMatchObject({ status: 403 })
  }
})

test('on a desk and on a phone it is asked, answered and read', async () => {
  const site = await openSite(cast)
  for (const width of [390, 1280] as const) {
    await cast.admin.query('delete from reference_request; delete from mail_outbox')
    const kim = await site.as('kim', { width })
    await kim.goto(`/recruitment/${id}/references/new`)
    await expectAccessible(kim)
    await kim.getByLabel('Soovitaja nimi').fill(referee.name)
    await kim.getByLabel('Soovitaja e-post').fill(referee.email)
    await kim.getByLabel('Kandidaat on nõus').check()
    await kim.getByRole('button', { name: 'Saada link' }).click()
    await kim.getByText('Link on saadetud.').waitFor()
    await expectAccessible(kim)
    const page = await site.as(null, { width })
    await page.goto(await lastLink(cast))
    expect(new URL(page.url()).pathname).toBe('/reference')
    await expectAccessible(page)
    await page.getByLabel('Kust ja kui kaua').fill(said.known)
    await page.getByLabel('Jah', { exact: true }).first().check()
    await page.getByLabel('Enamasti', { exact: true }).last().check()
    await page.getByLabel('Kuidas ta käitub').fill(said.calm)
    await page.getByRole('button', { name: 'Saada vastus' }).click()
    await page.getByText('Aitäh, vastus on kohal').waitFor()
    await kim.goto(`/recruitment/${id}`)
    await kim.getByText(said.calm).waitFor()
    await expectAccessible(kim)
    await kim.goto('/recruitment')
    await kim.getByText('Soovitused 1/1').waitFor()
  }
  await site.close()
}, 180_000)
