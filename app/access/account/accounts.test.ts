// Does everybody rule over her own account and over nobody else's?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { knownBy, secondOf } from '../door.server.ts'
import { newFactor, openFactor, useCode } from '../factor.server.ts'
import { hashPassword } from '../passwords.server.ts'
import {
  changeFactor,
  changePassword,
  endAllSessions,
  endOneSession,
  openAccount,
  renewCodes,
  setLanguage,
  updateAccount,
} from './accounts.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query('insert into credential (person_id, password_hash) values ($1, $2)', [
    cast.kim.id,
    await hashPassword('pilv tõukab rohelist vankrit'),
  ])
})
afterAll(() => cast.close())

const stale = (me: Person): Person => ({ ...me, provedAt: new Date(Date.now() - 10 * 60_000) })
const alive = async (me: Person) => (await whoBears(me.claim)) !== null

test('I see and mend my own record, and nobody else’s', async () => {
  // What she is called two people change (two-people/name.test.ts).
  await updateAccount.run(cast.lou, { name: 'Lou Näidis-Muu', phone: '+372 5550 0001', locale: 'ru' })
  const mine = await openAccount.run(cast.lou, {})
  expect(mine.person).toEqual({
    name: 'Lou Näidis-Lepik',
    phone: '+372 5550 0001',
    weekLetter: true,
    locale: 'ru',
    email: 'lou@naidis.example',
  })
  expect((await openAccount.run(cast.max, {})).person.name).toBe('Max Näidis-Mets')
  const { rows } = await cast.admin.query(`select count(*)::int as n from person where phone is not null`)
  expect(rows[0].n).toBe(1)
})

test('I choose my own language, of those we speak', async () => {
  await setLanguage.run(cast.sirje, { locale: 'en' })
  expect((await openAccount.run(cast.sirje, {})).person.locale).toBe('en')
  await expect(setLanguage.run(cast.sirje, { locale: 'fi' })).rejects.toBeInstanceOf(Invalid)
  expect((await openAccount.run(cast.tiia, {})).person.locale).toBe('et')
})

test('nobody opens a closed account of their own or records their own training', async () => {
  const client = cast.admin
  for (const change of [`status = 'disabled'`, `marac_trained_on = '2024-01-01'`]) {
    await client.query('begin')
    await client.query(`set local role tugivork_write`)
    await client.query(`set local app.claim = '${cast.lou.claim}'`)
    await expect(client.query(`update person set ${change} where id = '${cast.lou.id}'`)).rejects.toMatchObject({
      code: '42501',
    })
    await client.query('rollback')
  }
})

test('I end one of my sessions at once; somebody else’s is not mine to end', async () => {
  const other = await signIn(cast.admin, cast.kim.id)
  await expect(endOneSession.run(cast.max, { id: other.person.sessionId })).rejects.toBeInstanceOf(NotFound)
  expect(await alive(other.person)).toBe(true)
  await endOneSession.run(cast.kim, { id: other.person.sessionId })
  expect(await alive(other.person)).toBe(false)
  expect((await openAccount.run(cast.kim, {})).sessions.map((session) => session.mine)).toEqual([true])
})

test('logging out everywhere ends every session, this one too, and is written down', async () => {
  const other = await signIn(cast.admin, cast.peep.id)
  expect(await endAllSessions.run(cast.peep, {})).toEqual({ ended: 2 })
  expect([await alive(cast.peep), await alive(other.person)]).toEqual([false, false])
  const { rows } = await cast.admin.query('select action from audit_event where actor = $1', [cast.peep.id])
  expect(rows.at(-1)).toEqual({ action: 'account.endAll' })
})

test('keys are changed only after a fresh proof, whoever asks', async () => {
  const late = stale(cast.kim)
  await expect(changePassword.run(late, { password: 'uus pikk lause vankrist' })).rejects.toBeInstanceOf(Refused)
  await expect(renewCodes.run(late, {})).rejects.toBeInstanceOf(Refused)
  await expect(changeFactor.run(late, { secret: newFactor(), step: 1 })).rejects.toBeInstanceOf(Refused)
  // And the database knows it by itself.
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [
    cast.kim.sessionId,
  ])
  await expect(changePassword.run(cast.kim, { password: 'uus pikk lause vankrist' })).rejects.toBeInstanceOf(NotFound)
  await expect(renewCodes.run(cast.kim, {})).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query(`update session set proved_at = now() where id = $1`, [cast.kim.sessionId])
})

test('a new password shuts out whoever is in with the old one', async () => {
  const thief = await signIn(cast.admin, cast.kim.id)
  await changePassword.run(cast.kim, { password: 'uus pikk lause vankrist' })
  expect([await alive(cast.kim), await alive(thief.person)]).toEqual([true, false])
  expect(await knownBy('kim@naidis.example', 'uus pikk lause vankrist', 'here')).toBe(cast.kim.id)
  expect(await knownBy('kim@naidis.example', 'pilv tõukab rohelist vankrit', 'here')).toBeNull()
})

test('new recovery codes take the place of the old ones', async () => {
  const [old = ''] = await renewCodes.run(cast.kim, {})
  const fresh = await renewCodes.run(cast.kim, {})
  expect(fresh).toHaveLength(10)
  expect(await useCode(cast.kim.id, Buffer.alloc(0), old)).toBe(false)
  expect(await useCode(cast.kim.id, Buffer.alloc(0), fresh[3] ?? '')).toBe(true)
  expect((await openAccount.run(cast.kim, {})).credential?.codesLeft).toBe(9)
})

test('a new authenticator takes the place of the old one, sealed for its owner alone', async () => {
  const secret = newFactor()
  await changeFactor.run(cast.kim, { secret, step: 1 })
  const sealed = (await secondOf(cast.kim.id))?.totp_sealed ?? Buffer.alloc(0)
  expect(openFactor(cast.kim.id, sealed)).toBe(secret)
  expect(() => openFactor(cast.lou.id, sealed)).toThrow()
  // Whoever has no password has no factor to change.
  await expect(changeFactor.run(cast.lou, { secret, step: 1 })).rejects.toBeInstanceOf(NotFound)
})
