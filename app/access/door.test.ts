// Does the door let in whom it should, as often as it should, and nobody else?
import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { knock } from '../core/db.server.ts'
import { whoBears, whoIs } from '../core/session.server.ts'
import {
  attemptOf,
  endSession,
  knownBy,
  makeFirstAdmin,
  openSession,
  passed,
  secondOf,
  tryDoor,
} from './door.server.ts'
import { newCodes, newFactor, sealFactor, stepOf, useCode } from './factor.server.ts'
import { codeTyped } from './invitation/invitation.ts'
import { invitationOf, newInvitation, takeInvitation } from './invitation/invitations.server.ts'
import { hashPassword, passwordMatches } from './passwords.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))

const password = 'pilv tõukab rohelist vankrit'
const codeNow = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 })
const later = (seconds: number) =>
  cast.admin.query(`update sign_in_attempt set last_at = last_at - make_interval(secs => $1)`, [seconds])

test('a password is recognised, and what is kept of it tells nothing', async () => {
  const kept = await hashPassword(password)
  expect(kept).not.toContain('pilv')
  expect(await passwordMatches(kept, password, 'here')).toBe(true)
  expect(await passwordMatches(kept, `${password} `.repeat(2), 'here')).toBe(false)
  expect(await passwordMatches(null, password, 'here')).toBe(false)
})

test('only the right address with the right password is somebody, and each mistake is written down', async () => {
  await cast.admin.query('insert into credential (person_id, password_hash) values ($1, $2)', [
    cast.kim.id,
    await hashPassword(password),
  ])
  expect(await knownBy('KIM@naidis.example', password, 'here')).toBe(cast.kim.id)
  expect(await knownBy('kim@naidis.example', 'vale vale vale vale', 'here')).toBeNull()
  expect(await knownBy('keegi@naidis.example', password, 'here')).toBeNull()
  const { rows } = await cast.admin.query(
    `select object_id, actor from audit_event where action = 'access.passwordFailed' order by seq`,
  )
  expect(rows).toEqual([
    { object_id: cast.kim.id, actor: null },
    { object_id: null, actor: null },
  ])
})

test('a password that is not one’s own yet opens nothing', async () => {
  await cast.admin.query(`update credential set password_once = true`)
  expect(await knownBy('kim@naidis.example', password, 'here')).toBeNull()
  await cast.admin.query(`update credential set password_once = false`)
  expect(await knownBy('kim@naidis.example', password, 'here')).toBe(cast.kim.id)
})

test('who closed accounts or holds no role cannot come in', async () => {
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [cast.kim.id])
  expect(await knownBy('kim@naidis.example', password, 'here')).toBeNull()
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.kim.id])
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.kim.id])
  expect(await knownBy('kim@naidis.example', password, 'here')).toBeNull()
  await cast.admin.query(`update person set status = 'active' where id = $1`, [cast.kim.id])
})

test('waiting grows with every mistake, is the same for an unknown address, and ends', async () => {
  for (const who of ['kim@naidis.example', 'keegi@naidis.example']) {
    const attempt = attemptOf('password', who, `address of ${who}`)
    const waits: number[] = []
    for (let turn = 0; turn < 9; turn++) {
      await later(100)
      expect(await tryDoor(attempt)).toBe(0)
      waits.push(await tryDoor(attempt))
    }
    // Two mistakes are free; the second question of the first turn was one more mistake.
    expect(waits).toEqual([0, 2, 4, 8, 16, 32, 42, 42, 42])
  }
})

test('guesses sent all at once count one by one', async () => {
  const attempt = attemptOf('code', 'x', '192.0.2.1')
  const answers = await Promise.all(Array.from({ length: 12 }, () => tryDoor(attempt)))
  expect(answers.filter((wait) => wait === 0)).toHaveLength(3)
})

test('success forgives the account; the address keeps the other mistakes', async () => {
  const mine = attemptOf('password', 'a', '192.0.2.2')
  for (let turn = 0; turn < 3; turn++) await tryDoor(mine)
  expect(await tryDoor(mine)).toBeGreaterThan(0)
  await passed(mine)
  expect(await tryDoor(mine)).toBe(0)
  const { rows } = await cast.admin.query('select failures from sign_in_attempt order by failures')
  // The last is of all who try at this account.
  expect(rows.map((row) => row.failures)).toEqual([1, 3, 4])
})

test('an hour of quiet is forgiven', async () => {
  const attempt = attemptOf('password', 'quiet', '192.0.2.3')
  for (let turn = 0; turn < 3; turn++) await tryDoor(attempt)
  await later(3601)
  expect(await tryDoor(attempt)).toBe(0)
  expect(await tryDoor(attempt)).toBe(0)
})

test('a code of the authenticator counts once, one step early or late, and never again', async () => {
  const secret = newFactor()
  const codes = newCodes(cast.kim.id)
  const sealed = sealFactor(cast.kim.id, secret)
  const invitation = randomUUID()
  await cast.admin.query(`insert into credential (person_id, password_hash, password_once) values ($1, 'x', true)`, [
    cast.kim.id,
  ])
  await cast.admin.query(
    `insert into invitation (id, person_id, token_hash, code_hash, expires_at) values ($1, $2, 'x', 'x', now() + interval '1 day')`,
    [invitation, cast.kim.id],
  )
  const set = (step: number) => knock('door_factor_set', [invitation, sealed, step, codes.kept])
  expect(await set((stepOf(secret, codeNow(secret)) ?? 0) - 2)).toEqual([{ door_factor_set: true }])
  // Once it stands, the door does not replace it.
  expect(await set(0)).toEqual([{ door_factor_set: false }])
  expect(stepOf(secret, codeNow(secret, -3))).toBeNull()
  expect(stepOf(secret, codeNow(secret, 3))).toBeNull()
  const code = codeNow(secret)
  expect(await useCode(cast.kim.id, sealed, code)).toBe(true)
  expect(await useCode(cast.kim.id, sealed, code)).toBe(false)
  // What was shown before the last one is spent with it.
  expect(await useCode(cast.kim.id, sealed, codeNow(secret, -1))).toBe(false)
  expect(await useCode(cast.kim.id, sealed, codeNow(secret, 1))).toBe(true)
  expect(await useCode(cast.kim.id, sealed, codes.shown[0] ?? '')).toBe(true)
  expect(await useCode(cast.kim.id, sealed, codes.shown[0] ?? '')).toBe(false)
  expect(await useCode(cast.lou.id, sealed, codes.shown[1] ?? '')).toBe(false)
  expect((await secondOf(cast.kim.id))?.totp_confirmed).toBe(true)
})

const way = { method: 'password', device: 'Firefox, Linux' } as const

test('a volunteer has one session at a time, and its limits are those of the role', async () => {
  const first = await openSession(cast.lou, way, null)
  const second = await openSession(cast.lou, way, null)
  expect(await whoIs(first)).toBeNull()
  expect((await whoIs(second))?.id).toBe(cast.lou.id)
  const { rows } = await cast.admin.query(
    `select idle_minutes, extract(epoch from absolute_until - created_at)::int as seconds, factors from session where person_id = $1 and ended_at is null`,
    [cast.lou.id],
  )
  expect(rows).toEqual([{ idle_minutes: 10, seconds: 7200, factors: 2 }])
})

test('coming in and going are written down, and a new sign-in ends what the browser had before', async () => {
  const first = await whoIs(await openSession(cast.sirje, way, null))
  const second = await whoIs(await openSession(cast.sirje, way, first))
  expect(await whoBears(first?.claim ?? '')).toBeNull()
  await endSession(second ?? cast.sirje, 'exit')
  expect(await whoBears(second?.claim ?? '')).toBeNull()
  const { rows } = await cast.admin.query('select action from audit_event where actor = $1 order by seq', [
    cast.sirje.id,
  ])
  expect(rows.map((row) => row.action)).toEqual(['access.signIn', 'access.signIn', 'access.exit'])
})

test('only an installation without an administrator gets its first one, by link and code', async () => {
  const { path, code, kept } = newInvitation(null)
  const called = ['esimene@naidis.example', 'Näidis-Esimene'] as const
  expect(await makeFirstAdmin(...called, kept)).toBeNull()
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where role = 'admin'`)
  const made = await makeFirstAdmin(...called, kept)
  const { rows } = await cast.admin.query(`select object_id from audit_event where action = 'access.firstAdmin'`)
  expect(rows).toEqual([{ object_id: made }])
  expect(await makeFirstAdmin('teine@naidis.example', 'Näidis-Teine', newInvitation(null).kept)).toBeNull()
  // Who let the first link run out is given another one; the old one is void.
  const again = newInvitation(null)
  expect(await makeFirstAdmin(...called, again.kept)).toBe(made)
  expect(await invitationOf(path.slice(12))).toBeNull()
  expect(await takeInvitation(kept.id, codeTyped(code))).toBeNull()
  expect((await takeInvitation(again.kept.id, codeTyped(again.code)))?.id).toBe(made)
  expect(await secondOf(made ?? '')).toMatchObject({ roles: ['admin'], password_once: true, totp_confirmed: false })
  await cast.admin.query(`update credential set password_once = false where person_id = $1`, [made])
  expect(await makeFirstAdmin(...called, newInvitation(null).kept)).toBeNull()
})
