// Does it take two who have seen the person, a letter and a word – and is every shortcut closed?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { agree, lastToken, lettersOf } from '../../../test/two-people.ts'
import { knock } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears } from '../../core/session.server.ts'
import { openAccount } from '../account/accounts.server.ts'
import { knownBy } from '../door.server.ts'
import { codeTyped } from '../invitation/invitation.ts'
import { invitationOf, invite, takeInvitation } from '../invitation/invitations.server.ts'
import { hashPassword } from '../passwords.server.ts'
import { confirm, openConfirmation } from './confirmations.server.ts'
import { beginRecovery, openRecovery, stopRecovery } from './recovery.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))

const seen = { way: 'document', reason: 'Kohtusime kontoris' }
const begin = (who: Cast['kim'], whom: Cast['kim']) => beginRecovery.run(who, { id: whom.id, ...seen })
const open = async (token: string) => (await invitationOf(token))?.id ?? ''

test('who may begin: the administrator for anybody, of a volunteer the coordinator and the own supervisor', async () => {
  expect((await openRecovery.run(cast.sirje, { id: cast.lou.id })).name).toBe('Lou Näidis-Lepik')
  for (const who of [cast.kim, cast.sirje]) {
    await expect(openRecovery.run(who, { id: cast.mall.id })).rejects.toBeInstanceOf(NotFound)
    await expect(begin(who, cast.mall)).rejects.toBeInstanceOf(NotFound)
    await expect(begin(who, who)).rejects.toBeInstanceOf(NotFound)
  }
  await expect(begin(cast.lou, cast.lou)).rejects.toBeInstanceOf(Refused)
  await expect(beginRecovery.run(cast.ott, { id: cast.mall.id, way: 'phone', reason: 'x' })).rejects.toBeInstanceOf(
    Invalid,
  )
  await expect(beginRecovery.run(cast.ott, { id: cast.mall.id, way: 'video', reason: '' })).rejects.toBeInstanceOf(
    Invalid,
  )
  const late = { ...cast.ott, provedAt: new Date(Date.now() - 6 * 60_000) }
  await expect(begin(late, cast.mall)).rejects.toBeInstanceOf(Refused)
})

test('nothing has changed until link and code are both right; then all old keys are void at once', async () => {
  const other = await signIn(cast.admin, cast.lou.id)
  await cast.admin.query('insert into credential (person_id, password_hash) values ($1, $2)', [
    cast.lou.id,
    await hashPassword('pilv tõukab rohelist vankrit'),
  ])
  await lettersOf(cast)
  const { id } = await begin(cast.sirje, cast.lou)
  const told = await lettersOf(cast)
  expect(told.map((letter) => /To: (\w+)@/.exec(letter)?.[1]).toSorted()).toEqual(['kim', 'lou', 'ott', 'peep'])
  // The first of two neither confirms nor sends; her link would come before anybody agreed.
  await expect(confirm.run(cast.sirje, { id, way: 'video' })).rejects.toBeInstanceOf(NotFound)
  await expect(invite.run(cast.sirje, { id: cast.lou.id })).rejects.toBeInstanceOf(NotFound)
  await expect(confirm.run(cast.lou, { id, way: 'video' })).rejects.toBeInstanceOf(Refused)
  await expect(confirm.run(cast.kim, { id })).rejects.toBeInstanceOf(Invalid)
  await confirm.run(cast.kim, { id, way: 'video' })
  expect(await openConfirmation.run(cast.kim, { id })).toMatchObject({
    way: 'document',
    decisionWay: 'video',
    decider: 'Kim Näidis-Koort',
  })
  for (const who of [cast.ott, cast.peep])
    await expect(invite.run(who, { id: cast.lou.id })).rejects.toBeInstanceOf(NotFound)
  const { code, kind } = await invite.run(cast.kim, { id: cast.lou.id })
  expect(kind).toBe('recovery')
  expect((await whoBears(other.person.claim))?.id).toBe(cast.lou.id)
  const link = await open(await lastToken(cast))
  expect(await takeInvitation(link, 'AAAAAAAA')).toBeNull()
  expect(await knownBy('lou@naidis.example', 'pilv tõukab rohelist vankrit', 'here')).toBe(cast.lou.id)
  expect((await takeInvitation(link, codeTyped(code)))?.id).toBe(cast.lou.id)
  expect([await whoBears(cast.lou.claim), await whoBears(other.person.claim)]).toEqual([null, null])
  expect(await knownBy('lou@naidis.example', 'pilv tõukab rohelist vankrit', 'here')).toBeNull()
  await knock('door_factor_set', [cast.lou.id, Buffer.from('x'), 1, []])
  await knock('door_password_set', [cast.lou.id, await hashPassword('uus pikk lause vankrist')])
  // Spent: neither the link nor the agreement opens anything once more.
  expect(await takeInvitation(link, codeTyped(code))).toBeNull()
  await expect(invite.run(cast.kim, { id: cast.lou.id })).rejects.toBeInstanceOf(NotFound)
  expect(await knownBy('lou@naidis.example', 'uus pikk lause vankrist', 'here')).toBe(cast.lou.id)
}, 120_000)

test('the owner stops it, before and after it was confirmed, and the link with it', async () => {
  const first = await begin(cast.ott, cast.mall)
  expect((await openAccount.run(cast.mall, {})).recoverySince).toBeInstanceOf(Date)
  expect((await openAccount.run(cast.max, {})).recoverySince).toBeNull()
  await stopRecovery.run(cast.mall, {})
  await expect(confirm.run(cast.kim, { id: first.id, way: 'video' })).rejects.toBeInstanceOf(Conflict)
  const second = await begin(cast.ott, cast.mall)
  await confirm.run(cast.peep, { id: second.id, way: 'known' })
  const { code } = await invite.run(cast.ott, { id: cast.mall.id })
  const link = await open(await lastToken(cast))
  await expect(stopRecovery.run(cast.max, {})).rejects.toBeInstanceOf(Conflict)
  expect(await stopRecovery.run(cast.mall, {})).toEqual({ stopped: 1 })
  expect(await takeInvitation(link, codeTyped(code))).toBeNull()
  for (const who of [cast.ott, cast.peep])
    await expect(invite.run(who, { id: cast.mall.id })).rejects.toBeInstanceOf(NotFound)
  expect((await openAccount.run(cast.mall, {})).recoverySince).toBeNull()
  expect((await whoBears(cast.mall.claim))?.id).toBe(cast.mall.id)
})

test('an agreement runs out', async () => {
  const { id } = await begin(cast.ott, cast.jaan)
  await confirm.run(cast.kim, { id, way: 'video' })
  await cast.admin.query(
    `update confirmation set proposed_at = now() - interval '8 days', expires_at = now() - interval '1 minute' where id = $1`,
    [id],
  )
  await expect(invite.run(cast.ott, { id: cast.jaan.id })).rejects.toBeInstanceOf(NotFound)
  expect((await openAccount.run(cast.jaan, {})).recoverySince).toBeNull()
})

test('an administrator comes back in by two others; alone in the office, by coordinator and project manager', async () => {
  await begin(cast.kim, cast.ott)
  await expect(begin(cast.kim, cast.ott)).rejects.toBeInstanceOf(Conflict)
  expect(await agree(cast.ott)).toBe(0)
  expect(await agree(cast.kim)).toBe(0)
  expect(await agree(cast.peep)).toBe(1)
  expect((await invite.run(cast.peep, { id: cast.ott.id })).kind).toBe('recovery')
})
