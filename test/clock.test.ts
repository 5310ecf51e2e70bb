// Does anything last longer, or end too early, because the clock of the machine that runs the program is wrong?
import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { attemptOf, tryDoor } from '../app/access/door.server.ts'
import { newFactor, sealFactor, useCode } from '../app/access/factor.server.ts'
import { isFresh } from '../app/access/fresh.ts'
import { hashPassword } from '../app/access/passwords.server.ts'
import { createApp } from '../app/app.tsx'
import { openGlass } from '../app/cases/break-glass/look.server.ts'
import { openCase } from '../app/cases/case-file.server.ts'
import { now, today } from '../app/core/clock.server.ts'
import { NotFound } from '../app/core/errors.ts'
import { logTo } from '../app/core/log.server.ts'
import { sealForProcess } from '../app/core/seal.server.ts'
import { whoIs } from '../app/core/session.server.ts'
import { newAuthenticator } from './authenticator.ts'
import { referCase } from './cases.ts'
import { type Cast, openCast, signIn } from './cast.ts'
import { brokenGlass } from './glass.ts'
import { recordTests } from './proof/record.ts'
import { lend, standIn } from './substitution.ts'
import { newVisitor } from './visitor.ts'

recordTests('clock', 'things that end, at a wrong clock', /./)

const origin = 'http://localhost:3000'
const password = 'pilv tõukab rohelist vankrit'
const secret = newFactor()
let cast: Cast
let app: ReturnType<typeof createApp>
let sealed: Buffer
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  sealed = sealFactor(cast.kim.id, secret)
  await cast.admin.query(
    'insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) values ($1, $2, $3, now())',
    [cast.kim.id, await hashPassword(password), sealed],
  )
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from sign_in_attempt; update credential set totp_last_step = 0'))
afterEach(() => vi.useRealTimers())

/** From here on the machine's own clock is wrong by so many seconds; the database's is right. */
const goWrong = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 })
const hour = 3600
const wrong: [how: string, seconds: number][] = [
  ['an hour fast', hour],
  ['an hour slow', -hour],
  ['a day fast', 24 * hour],
  ['a day slow', -24 * hour],
]

const databaseTime = async (): Promise<number> =>
  Number((await cast.admin.query('select extract(epoch from clock_timestamp()) * 1000 as ms')).rows[0].ms)
/** What a table would not let anybody change. */
const force = (statement: string) =>
  cast.admin.query(`set session_replication_role = replica; ${statement}; set session_replication_role = origin`)
const visitor = (cookie?: string) => newVisitor(app, origin, cookie)

test.each(wrong)(
  'the time is the database’s, whether the machine is %s or its clock is set while it runs',
  async (_, by) => {
    const before = now().getTime()
    goWrong(by)
    expect(now().getTime() - before).toBeGreaterThanOrEqual(0)
    expect(Math.abs(now().getTime() - (await databaseTime()))).toBeLessThan(2000)
    await whoIs(cast.cookies.kim)
    expect(Math.abs(now().getTime() - (await databaseTime()))).toBeLessThan(2000)
    const { rows } = await cast.admin.query(`select (now() at time zone 'Europe/Tallinn')::date::text as day`)
    expect(today()).toBe(rows[0].day)
  },
)

test.each(wrong)('a session lasts as long as it may, and not a second longer (%s)', async (_, by) => {
  const { cookie, person } = await signIn(cast.admin, cast.lea.id)
  const until = (column: string, seconds: number) =>
    cast.admin.query(`update session set ${column} = now() + make_interval(secs => $1) where id = $2`, [
      seconds,
      person.sessionId,
    ])
  goWrong(by)
  for (const column of ['idle_until', 'absolute_until']) {
    await until(column, 20)
    expect((await whoIs(cookie))?.id, column).toBe(cast.lea.id)
    await until(column, -1)
    expect(await whoIs(cookie), column).toBeNull()
    await until(column, 3600)
  }
})

test.each(wrong)('a proof is fresh for five minutes, no more and no less (%s)', async (_, by) => {
  const { cookie, person } = await signIn(cast.admin, cast.lea.id)
  const proved = (minutes: number) =>
    cast.admin.query(`update session set proved_at = now() - make_interval(mins => $1) where id = $2`, [
      minutes,
      person.sessionId,
    ])
  goWrong(by)
  const fresh = async () => {
    const me = await whoIs(cookie)
    const answer = await visitor(cookie).get('/account/calendar')
    return [me && isFresh(me), answer.status]
  }
  await proved(4)
  expect(await fresh()).toEqual([true, 200])
  await proved(6)
  expect(await fresh()).toEqual([false, 303])
})

test.each(wrong)('a role ends with its last day in Tallinn (%s)', async (_, by) => {
  const { cookie } = await signIn(cast.admin, cast.mall.id)
  goWrong(by)
  const last = (days: number) =>
    cast.admin.query(
      `update person_role set valid_to = (now() at time zone 'Europe/Tallinn')::date + $2::int where person_id = $1`,
      [cast.mall.id, days],
    )
  await last(0)
  expect((await whoIs(cookie))?.roles).toEqual(['member'])
  await last(-1)
  expect((await whoIs(cookie))?.roles).toEqual([])
  await last(10_000)
})

test.each(wrong)('an emergency access ends with its hour (%s)', async (_, by) => {
  await cast.admin.query('delete from break_glass')
  const glass = await brokenGlass(cast, await referCase(cast.lea))
  goWrong(by)
  await force(`update break_glass set opened_at = now() - interval '59 minutes', until = now() + interval '20 seconds'`)
  expect((await whoIs(cast.cookies.max))?.glass?.id).toBe(glass)
  await openGlass.run(cast.max, { id: glass })
  const page = await (await visitor(cast.cookies.max).get('/break-glass')).text()
  expect(page).toMatch(/1 minut/)
  await force(`update break_glass set opened_at = now() - interval '60 minutes', until = now() - interval '1 second'`)
  expect((await whoIs(cast.cookies.max))?.glass).toBeNull()
  await expect(openGlass.run(cast.max, { id: glass })).rejects.toBeInstanceOf(NotFound)
})

test.each(wrong)('somebody stands in until the last day of the term (%s)', async (_, by) => {
  await force('delete from substitution')
  const id = await lend(cast, cast.kim, cast.peep, 0, 3)
  const { cookie } = await standIn(cast, cast.peep, id)
  goWrong(by)
  const last = (days: number) =>
    force(
      `update substitution set valid_from = valid_from - 5, valid_to = (now() at time zone 'Europe/Tallinn')::date + ${days}`,
    )
  await last(0)
  expect((await whoIs(cookie))?.standsInFor?.id).toBe(cast.kim.id)
  await last(-1)
  const me = await whoIs(cookie)
  expect([me?.standsInFor, me?.roles]).toEqual([null, ['manager']])
})

const codeAt = (at: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })

test.each(wrong)(
  'a code of the authenticator counts in its own minute, and one of the machine’s minute does not (%s)',
  async (_, by) => {
    goWrong(by)
    const use = (at: number) => useCode(cast.kim.id, sealed, codeAt(at))
    expect(await use(Date.now())).toBe(false)
    for (const steps of [-3, 3]) expect(await use((await databaseTime()) + steps * 30_000), `${steps}`).toBe(false)
    expect(await use(await databaseTime())).toBe(true)
    expect(await use(await databaseTime())).toBe(false)
  },
)

test.each(wrong)(
  'on the way in nobody is late who is not, and an old step stays old (%s)',
  async (_, by) => {
    const from = visitor()
    expect((await from.post('/sign-in', { email: 'kim@naidis.example', password })).headers.get('location')).toBe(
      '/sign-in/code',
    )
    const key = newAuthenticator({ origin })
    const ask = async (address: string, who = visitor()) => {
      const asked = (await (await who.post(`${address}/options`, {}, true)).json()) as { challenge: string }
      return { who, asked }
    }
    const owner = visitor((await signIn(cast.admin, cast.kim.id)).cookie)
    const make = await ask('/account/passkeys', owner)
    const credential = JSON.stringify(key.make(make.asked))
    const door = await ask('/sign-in/passkey')
    goWrong(by)
    // Begun before the clock went wrong, and gone on with afterwards.
    expect((await owner.post('/account/passkeys/new', { name: 'Telefon', credential })).status).toBe(303)
    const shown = { credential: JSON.stringify(key.show(door.asked)) }
    expect((await door.who.post('/sign-in/passkey', shown)).status).toBe(303)
    expect((await from.post('/sign-in/code', { code: codeAt(await databaseTime()) })).headers.get('location')).toBe('/')
    // Six minutes old by the one clock that counts.
    const at = (await databaseTime()) - 6 * 60_000
    const late = visitor()
    const step = { id: cast.kim.id, stage: 'code', to: '/', at }
    late.cookies.set('step', sealForProcess('sign-in', JSON.stringify(step)).toString('base64url'))
    expect((await late.get('/sign-in/code')).headers.get('location')).toBe('/sign-in?late=1')
    const question = { use: 'sign-in', challenge: 'bGF0ZQ', session: null, email: null, at }
    late.cookies.set('question', sealForProcess('passkey', JSON.stringify(question)).toString('base64url'))
    const answer = { credential: JSON.stringify(key.show(question)) }
    expect((await late.post('/sign-in/passkey', answer)).status).toBe(422)
    await cast.admin.query('delete from passkey where person_id = $1', [cast.kim.id])
  },
  60_000,
)

test.each(wrong)('who was wrong too often waits as long as it says (%s)', async (_, by) => {
  const attempt = attemptOf('code', `late ${by}`, `address ${by}`)
  for (let turn = 0; turn < 3; turn++) await tryDoor(attempt)
  goWrong(by)
  const wait = await tryDoor(attempt)
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(2)
})

test('a wall stands from the first look after it was raised, also where the database’s clock is set back an hour', async () => {
  const id = await referCase(cast.lea)
  const raised = `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
    select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() + interval '1 hour' from case_file where id = $2`
  const holds = async () =>
    (await cast.admin.query('select wall_holds(w) as holds from wall w where case_id = $1', [id])).rows[0]
      .holds as boolean
  const { person: kim } = await signIn(cast.admin, cast.kim.id)
  await cast.admin.query('begin')
  await cast.admin.query(raised, [cast.kim.id, id])
  expect(await holds()).toBe(false)
  // A restored backup brings a number that comes again: that wall is older than the transaction.
  await cast.admin.query(`update wall set set_at = now() - interval '1 day' where case_id = $1`, [id])
  expect(await holds()).toBe(true)
  await cast.admin.query('rollback')
  expect((await openCase.run(kim, { id })).head.id).toBe(id)
  await cast.admin.query(raised, [cast.kim.id, id])
  expect(await holds()).toBe(true)
  await expect(openCase.run(kim, { id })).rejects.toBeInstanceOf(NotFound)
})
