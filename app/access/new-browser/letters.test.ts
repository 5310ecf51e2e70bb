// While others guess at her password from everywhere: does a letter let its owner try at once in a new browser – and nobody else anything?
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { lettersOf } from '../../../test/two-people.ts'
import { newVisitor, type Visitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { logTo } from '../../core/log.server.ts'
import { endAllSessions } from '../account/accounts.server.ts'
import { newFactor, sealFactor } from '../factor.server.ts'
import { hashPassword } from '../passwords.server.ts'
import { sendLetters } from './letters.server.ts'

const origin = 'http://localhost:3000'
const email = 'kim@naidis.example'
const password = 'pilv tõukab rohelist vankrit'
const wrong = 'vale vale vale vale'
const secret = newFactor()
let cast: Cast
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  const hash = await hashPassword(password)
  for (const who of [cast.kim, cast.lou, cast.sirje])
    await cast.admin.query(
      'insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) values ($1, $2, $3, now())',
      [who.id, hash, sealFactor(who.id, secret)],
    )
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from sign_in_attempt; delete from browser_letter; delete from mail_outbox')
})

const browser = (from?: string) => newVisitor(app, origin, undefined, from)
const type = (from: Visitor, typed: string, to = email) => from.post('/sign-in', { email: to, password: typed })
const ask = (address: string) => browser().post('/sign-in/letter', { email: address })
const kept = async () => (await cast.admin.query('select * from browser_letter order by asked_at')).rows

/** All that guess stand at their longest wait, wherever they are, and so does whoever comes anew. */
async function attackFromEverywhere(): Promise<void> {
  expect((await type(browser(), wrong)).status).toBe(422)
  await cast.admin.query('update sign_in_attempt set failures = 400, last_at = clock_timestamp()')
  for (const network of [undefined, '198.51.100.7', '203.0.113.9'])
    expect((await type(browser(network), password)).status).toBe(429)
}

async function secondStep(from: Visitor, first: Response): Promise<Response> {
  expect(first.headers.get('location')).toBe('/sign-in/code')
  await cast.admin.query('update credential set totp_last_step = 0')
  return from.post('/sign-in/code', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() })
}

/** The addresses to which the letters that are sent now lead. */
async function links(): Promise<string[]> {
  await sendLetters(cast.sys)
  const letters = await lettersOf(cast)
  return letters.flatMap((letter) => /\/sign-in\/browser\/[\w-]{43}/.exec(letter)?.[0] ?? [])
}

async function newLink(to = email): Promise<string> {
  await ask(to)
  const [link = '', ...more] = await links()
  expect(more).toEqual([])
  return link
}

test('whoever has to wait is offered a letter; its link lets her try at once, and those who guess wait on', async () => {
  await attackFromEverywhere()
  const mine = browser('198.51.100.7')
  const refused = await (await type(mine, password)).text()
  expect(refused).toContain('action="/sign-in/letter"')
  expect(refused).toContain(`name="email" value="${email}"`)
  const asked = await mine.post('/sign-in/letter', { email })
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/sign-in/letter?sent=1'])
  expect(await (await mine.get('/sign-in/letter?sent=1')).text()).toContain('Vaata oma postkasti')
  const [link = ''] = await links()
  // A filter that follows the link, and somebody who presses nothing, change nothing.
  for (const look of [browser(), mine]) expect(await (await look.get(link)).text()).toContain('Luba see brauser')
  expect((await type(mine, password)).status).toBe(429)
  expect((await mine.post(link, {})).headers.get('location')).toBe('/sign-in?known=1')
  expect(await (await mine.get('/sign-in?known=1')).text()).toContain('See brauser on lubatud')
  expect((await secondStep(mine, await type(mine, password))).headers.get('location')).toBe('/')
  expect((await type(browser('203.0.113.9'), password)).status).toBe(429)
  // It was hers alone: for somebody else this browser is a stranger.
  const others = await type(mine, wrong, 'lou@naidis.example')
  expect(others.status).toBe(422)
}, 120_000)

test('the letter goes to her address, names nobody and no work, and neither link nor token is kept', async () => {
  await ask(email.toUpperCase())
  const [row] = await kept()
  expect([row.address, row.person_id]).toEqual([email, null])
  await sendLetters(cast.sys)
  const [letter = '', ...more] = await lettersOf(cast)
  expect(more).toEqual([])
  expect(letter).toContain(`To: ${email}`)
  expect(letter).not.toMatch(/Näidis|MARAC|tugi|kannatanu|vägival|juhtum/i)
  const token = /browser\/([\w-]{43})/.exec(letter)?.[1] ?? ''
  const lines = await cast.admin.query(
    'select row_to_json(l)::text as line from browser_letter l union all select row_to_json(m)::text from mail_outbox m',
  )
  for (const { line } of lines.rows) expect(line).not.toContain(token)
  expect((await kept()).map(({ address, link_sealed }) => [address, link_sealed])).toEqual([[null, null]])
  const { rows } = await cast.admin.query(
    `select object_id, result from audit_event where action = 'access.browserLetter' order by seq desc limit 1`,
  )
  expect(rows).toEqual([{ object_id: cast.kim.id, result: 'done' }])
})

test('what is asked for an address of nobody, or of a closed account, is answered alike, sent to nobody and not kept', async () => {
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.lou.id])
  const answers = await Promise.all([email, 'kes@naidis.example', 'lou@naidis.example'].map(ask))
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`)).size).toBe(1)
  expect(await kept()).toHaveLength(3)
  expect(await links()).toHaveLength(1)
  expect((await kept()).map(({ person_id }) => person_id)).toEqual([cast.kim.id])
})

test('what is no address is told where it stands, and nothing is kept', async () => {
  for (const typed of ['', 'kim', 'kim@', `${'a'.repeat(300)}@naidis.example`]) {
    const answer = await browser().post('/sign-in/letter', { email: typed })
    expect([typed, answer.status]).toEqual([typed, 422])
    expect(await answer.text()).toContain('href="#email"')
  }
  expect(await kept()).toEqual([])
})

test('three links hold at once, however often somebody asks; when the last has ended there is room', async () => {
  for (let time = 0; time < 7; time++) await ask(email)
  expect(await links()).toHaveLength(3)
  await ask(email)
  expect(await links()).toEqual([])
  await cast.admin.query(
    `update browser_letter set sent_at = sent_at - interval '61 minutes' where id = (select id from browser_letter limit 1)`,
  )
  await ask(email)
  expect(await links()).toHaveLength(1)
  expect(await kept()).toHaveLength(3)
})

test('however much is asked for nobody, hers does not wait behind it', async () => {
  await cast.admin.query(
    `insert into browser_letter (address, link_sealed, token_hash, asked_at)
     select n || '@naidis.example', '\\x01', sha256(n::text::bytea), now() - interval '1 minute' from generate_series(1, 5000) n`,
  )
  await ask(email)
  expect(await links()).toHaveLength(1)
  expect(await kept()).toHaveLength(1)
})

test('a link opens one browser, once, within an hour; a broken one and one of a closed account open none', async () => {
  const used = await newLink()
  expect((await browser().post(used, {})).status).toBe(303)
  const late = await newLink()
  await cast.admin.query(`update browser_letter set sent_at = sent_at - interval '61 minutes' where used_at is null`)
  const shut = await newLink('sirje@naidis.example')
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.sirje.id])
  for (const link of [used, late, shut, `/sign-in/browser/${'a'.repeat(43)}`, '/sign-in/browser/x']) {
    const answer = await browser().post(link, {})
    expect([link, answer.status, answer.headers.getSetCookie().some((set) => set.startsWith('browser='))]).toEqual([
      link,
      404,
      false,
    ])
  }
})

test('of two that press the same link at once one browser is let know her', async () => {
  const link = await newLink()
  const statuses = (await Promise.all([browser(), browser()].map((one) => one.post(link, {})))).map(
    ({ status }) => status,
  )
  expect(statuses.toSorted()).toEqual([303, 404])
})

test('her own mistakes make such a browser wait like every one that is known', async () => {
  const mine = browser()
  await mine.post(await newLink(), {})
  const statuses: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    // On a machine that is slow over a password the wait might be over before the next try.
    await cast.admin.query('update sign_in_attempt set last_at = clock_timestamp()')
    statuses.push((await type(mine, wrong)).status)
  }
  expect(statuses).toEqual([422, 422, 422, 429])
  expect((await type(browser(), wrong)).status).toBe(422)
}, 60_000)

test('a browser is known by a letter for a day, and no longer than her password; once she is in, by her session alone', async () => {
  const known = async (from: Visitor) => {
    await cast.admin.query('delete from sign_in_attempt')
    await attackFromEverywhere()
    return (await type(from, wrong)).status === 422
  }
  const [first, second, third] = [browser(), browser(), browser()] as const
  for (const one of [first, second, third]) await one.post(await newLink(), {})
  expect(await known(first)).toBe(true)
  await cast.admin.query(`update browser_letter set used_at = used_at - interval '25 hours' where browser is not null`)
  expect(await known(first)).toBe(false)
  await cast.admin.query('update browser_letter set used_at = now() where used_at is not null')
  await cast.admin.query('delete from sign_in_attempt')
  expect((await secondStep(second, await type(second, password))).headers.get('location')).toBe('/')
  expect(await kept()).toHaveLength(2)
  // She signs out everywhere: no browser is hers any more, and no link of hers holds.
  const link = await newLink()
  await endAllSessions.run((await signIn(cast.admin, cast.kim.id)).person, {})
  expect(await known(third)).toBe(false)
  expect((await browser().post(link, {})).status).toBe(404)
}, 120_000)

test('nobody but the process sends them, and nobody reads who asked', async () => {
  await ask(email)
  expect(await sendLetters(cast.kim)).toBe(0)
  expect(await sendLetters(cast.ott)).toBe(0)
  expect((await kept())[0].address).toBe(email)
})
