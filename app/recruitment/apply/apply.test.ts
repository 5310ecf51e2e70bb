// Can somebody without an account offer to help – once, unseen by others, in three languages, and not too often?
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenApplication, typed } from '../../../test/recruitment.ts'
import { openSink } from '../../../test/sink.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { logTo } from '../../core/log.server.ts'
import type { Env } from '../../core/page.tsx'
import { sendMail, useMail } from '../../process/mail.server.ts'
import { openApplicant } from '../pipeline/applicant.server.ts'
import { mailboxOf } from './apply.ts'

const origin = 'http://localhost:3000'
const lines: string[] = []
let cast: Cast
let app: Hono<Env>
beforeAll(async () => {
  cast = await openCast()
  logTo((line) => lines.push(line))
  app = createApp({ origin, secure: false, demo: false })
})
beforeEach(() =>
  cast.admin.query(
    `delete from application_try; delete from application; delete from setting where name like 'appli%'`,
  ),
)
afterAll(() => cast.close())

const kept = async () => (await cast.admin.query('select * from application order by arrived_at')).rows
const send = (more: Record<string, string> = {}) =>
  newVisitor(app, origin).post('/apply/form', { ...typed, once: randomUUID(), ...more })
const limit = (name: string, value: number) =>
  cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ($1, '2026-01-01', $2, 'Näidis', $3)`,
    [name, String(value), cast.kim.id],
  )

test('an application is taken, sealed, and thanked for; the row tells nobody who it is', async () => {
  const answer = await send()
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/apply/thanks'])
  const [row] = await kept()
  expect(row).toMatchObject({
    county_code: '0079',
    languages: ['et', 'ru'],
    locale: 'et',
    source: 'friend',
    outcome: null,
  })
  expect(JSON.stringify(row)).not.toMatch(/Kask|kask|7777|kõrval|Õhtuti/)
  const opened = await openApplicant.run(cast.kim, { id: row.id })
  expect(opened.application?.facts).toEqual({
    ...{ name: typed.name, email: typed.email, phone: '+37255507777', why: typed.why, availability: 'Õhtuti' },
  })
  expect(lines.join('\n')).not.toMatch(/kask@|Kask/)
})

test('the same form sent twice has one effect', async () => {
  const once = randomUUID()
  const answers = await Promise.all([send({ once }), send({ once }), send({ once })])
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
  expect(await kept()).toHaveLength(1)
})

test('who is known already hears the very same answer, and the coordinator hears that they are', async () => {
  const first = await (await send()).text()
  const second = await send({ name: 'Näidis-Kandidaat Kask' })
  expect([second.status, await second.text()]).toEqual([303, first])
  const [one, other] = await kept()
  const opened = await openApplicant.run(cast.kim, { id: other.id })
  expect(opened.before.map(({ id }) => id)).toEqual([one.id])
})

test('what is wrong is said at the field, in the language of the page, and nothing typed is lost', async () => {
  const visitor = newVisitor(app, origin)
  for (const [locale, said] of [
    ['et', 'Kirjuta siia vastus.'],
    ['en', 'Write an answer here.'],
    ['ru', 'Напишите здесь ответ.'],
  ] as const) {
    await visitor.post('/language', { locale, back: '/apply/form' })
    const answer = await visitor.post('/apply/form', { ...typed, name: '', county: '0999', once: randomUUID() })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(`lang="${locale}"`)
    expect(page).toContain(said)
    for (const words of [typed.email, typed.why, typed.availability]) expect(page).toContain(words)
  }
  const nowhere = await send({ county: '0999' })
  expect(nowhere.status).toBe(422)
  expect(await kept()).toHaveLength(0)
})

test('another language in the middle of it loses nothing and sends nothing', async () => {
  const visitor = newVisitor(app, origin)
  const answer = await visitor.post('/apply/form', { ...typed, name: '', locale: 'ru' })
  const page = await answer.text()
  expect([answer.status, visitor.cookies.get('lang')]).toEqual([200, 'ru'])
  expect(page).toContain('lang="ru"')
  expect(page).not.toContain('govuk-error-summary')
  for (const words of [typed.email, typed.why, typed.availability]) expect(page).toContain(words)
  expect(await (await visitor.get('/apply/form')).text()).toContain('lang="ru"')
  expect((await visitor.post('/apply/form', { ...typed, name: '', locale: 'xx' })).status).toBe(422)
  expect(await kept()).toHaveLength(0)
})

test('what a program fills in is thrown away, and it hears nothing of that', async () => {
  const answer = await send({ website: 'https://example.org' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/apply/thanks'])
  expect(await kept()).toHaveLength(0)
})

test('from one place no more come in an hour than the setting allows; it is said when to try again, and nothing is lost', async () => {
  await limit('applicationsPerHour', 2)
  await send()
  await send()
  const third = await send()
  const page = await third.text()
  expect(third.status).toBe(429)
  const seconds = Number(third.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(3500)
  expect(seconds).toBeLessThanOrEqual(3600)
  expect(page).toMatch(/Proovi uuesti pärast (\d\d\.\d\d\.\d{4} )?\d\d\.\d\d/)
  for (const words of [typed.name, typed.email, typed.why]) expect(page).toContain(words)
  expect(await kept()).toHaveLength(2)
  await cast.admin.query(`update application_try set at = at - interval '61 minutes'`)
  expect((await send()).status).toBe(303)
})

test('in all no more come in a day than the setting allows, from wherever', async () => {
  await limit('applicationsPerDay', 2)
  await givenApplication(cast)
  await givenApplication(cast)
  const answer = await send()
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(86_000)
})

test('ten at once do not slip past the limit', async () => {
  await limit('applicationsPerHour', 3)
  const answers = await Promise.all(Array.from({ length: 10 }, () => send()))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(3)
  expect(await kept()).toHaveLength(3)
})

test('a call is remembered by its link, and a link of no call leads to the page all the same', async () => {
  await cast.admin.query(
    `insert into campaign (name, code, source, from_on, until_on, created_by) values ('Näidis-kutse', 'kutse-1', 'event', '2026-01-01', '2027-01-01', $1)`,
    [cast.kim.id],
  )
  const visitor = newVisitor(app, origin)
  const page = await (await visitor.get('/apply/c/kutse-1')).text()
  expect(page).toContain('/apply/form?call=kutse-1')
  expect(await (await visitor.get('/apply/form?call=kutse-1')).text()).toContain('value="kutse-1"')
  await send({ call: 'kutse-1' })
  await send({ call: 'kutse-2' })
  const [through, other] = await kept()
  expect(through.campaign_id).not.toBeNull()
  expect(other.campaign_id).toBeNull()
  // A link counts while the call runs, its last day included, and lets people in afterwards all the same.
  const lastOn = async (day: string) => {
    await cast.admin.query('delete from application_try; delete from application')
    await cast.admin.query(`update campaign set until_on = $1`, [day])
    await send({ call: 'kutse-1' })
    return (await kept()).map((row) => row.campaign_id !== null)
  }
  expect([await lastOn(today()), await lastOn(addDays(today(), -1))]).toEqual([[true], [false]])
  const wrong = await visitor.get('/apply/c/%3Cscript%3E')
  expect(wrong.status).toBe(200)
  expect(await wrong.text()).not.toContain('call=')
})

test.each([
  ['kask@naidis.example', 'KASK+1@Naidis.Example'],
  ['kask@naidis.example', 'kask+uudised+2@naidis.example.'],
  ['kask@naidis.example', 'ｋask@naidis.example'],
  ['ka.sk@gmail.com', 'kask+x@googlemail.com'],
])('%s and %s are one mailbox: it gets one letter a day', async (one, other) => {
  expect(mailboxOf(other)).toBe(mailboxOf(one))
  expect(mailboxOf('ka.sk@naidis.example')).not.toBe(mailboxOf('kask@naidis.example'))
  await cast.admin.query('delete from mail_outbox')
  for (const email of [one, other]) await givenApplication(cast, { email })
  expect((await cast.admin.query('select 1 from mail_outbox')).rowCount).toBe(1)
})

test('one letter a day goes to one address, in the language of the form, neutral, and the address is then forgotten', async () => {
  await cast.admin.query('delete from mail_outbox')
  const letters: { to: string; text: string }[] = []
  const sink = await openSink((letter) => letters.push(letter))
  useMail({ smtpUrl: sink.url, outbox: '', sender: 'teated@naidis.example', origin })
  await send()
  await send()
  expect((await cast.admin.query('select to_sealed::text from mail_outbox')).rows).toHaveLength(1)
  expect(await sendMail(cast.sys)).toBe(1)
  await sink.close()
  expect(letters).toHaveLength(1)
  expect(letters[0]?.to).toBe(typed.email)
  expect(letters[0]?.text).toContain('Subject: Teade')
  expect(letters[0]?.text).not.toMatch(/Kask|http|abatahtlik|ugiisik/)
  expect((await cast.admin.query('select to_sealed from mail_outbox')).rows[0]?.to_sealed).toBeNull()
})
