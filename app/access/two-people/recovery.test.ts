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
import { disablePerson, enablePerson } from '../people/people.server.ts'
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
  // Whoever only helps makes a key and no password.
  await knock('door_key_set', [link, Buffer.from('lou'), Buffer.from('x'), 0, [], false, 'Telefon', null])
  // Spent: neither the link nor the agreement opens anything once more.
  expect(await takeInvitation(link, codeTyped(code))).toBeNull()
  await expect(invite.run(cast.kim, { id: cast.lou.id })).rejects.toBeInstanceOf(NotFound)
  expect(await knock('door_passkeys', [null, 'lou@naidis.example'])).toHaveLength(1)
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

test('it is stopped after a fresh proof only: a session that was left open stops nothing', async () => {
  await begin(cast.ott, cast.max)
  const { person } = await signIn(cast.admin, cast.max.id)
  const late = { ...person, provedAt: new Date(Date.now() - 6 * 60_000) }
  await expect(stopRecovery.run(late, {})).rejects.toBeInstanceOf(Refused)
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [
    person.sessionId,
  ])
  await expect(stopRecovery.run(person, {})).rejects.toBeInstanceOf(NotFound)
  expect((await openAccount.run(person, {})).recoverySince).toBeInstanceOf(Date)
  expect(await stopRecovery.run(cast.max, {})).toEqual({ stopped: 1 })
})

/** How many of each of her ways in there are. */
async function waysOf(who: string): Promise<Record<string, number>> {
  const tables = ['credential', 'recovery_code', 'passkey', 'person_identity', 'calendar_feed']
  const counts = tables.map((table) => `(select count(*)::int from ${table} where person_id = $1) as ${table}`)
  const { rows } = await cast.admin.query(
    `select ${counts}, (select count(*)::int from session where person_id = $1 and ended_at is null) as session,
      (select count(*)::int from session where person_id = $1 and browser is not null) as browser`,
    [who],
  )
  return rows[0]
}
const none = {
  ...{ credential: 0, recovery_code: 0, passkey: 0, person_identity: 0, calendar_feed: 0 },
  ...{ session: 0, browser: 0 },
}

test('whoever stole all her keys cannot keep her out for ever: a closed account opens by the new link alone', async () => {
  const lea = cast.lea.id
  const password = 'pilv tõukab rohelist vankrit'
  const stolen = [
    [
      `insert into credential (person_id, password_hash, totp_confirmed_at) values ($1, $2, now())`,
      await hashPassword(password),
    ],
    [`insert into recovery_code (person_id, code_hash) values ($1, $2)`, Buffer.alloc(16, 1)],
    [
      `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ($1, $2, '\\x01', true, 'Näidis')`,
      Buffer.from('k'),
    ],
    [`insert into person_identity (person_id, subject_index, linked_by) values ($1, $2, $1)`, Buffer.alloc(16, 2)],
    [`insert into calendar_feed (person_id, token_hash) values ($1, $2)`, Buffer.alloc(32, 3)],
    [`update session set browser = $2 where person_id = $1`, Buffer.alloc(32, 4)],
  ] as const
  for (const [statement, value] of stolen) await cast.admin.query(statement, [lea, value])
  // The thief comes in with the keys and stops whatever two agree on.
  const { id } = await begin(cast.ott, cast.lea)
  await confirm.run(cast.peep, { id, way: 'known' })
  const before = await invite.run(cast.ott, { id: lea })
  const old = await open(await lastToken(cast))
  const thief = (await signIn(cast.admin, lea)).person
  expect(await stopRecovery.run(thief, {})).toEqual({ stopped: 1 })
  const again = await begin(cast.ott, cast.lea)
  await confirm.run(cast.peep, { id: again.id, way: 'known' })
  // One person closes it: nothing that was hers, or in other hands, opens anything.
  await disablePerson.run(cast.ott, { id: lea })
  expect(await waysOf(lea)).toEqual(none)
  await expect(invite.run(cast.ott, { id: lea })).rejects.toBeInstanceOf(NotFound)
  await lettersOf(cast)
  await enablePerson.run(cast.ott, { id: lea, way: 'document', reason: 'Kohtusime kontoris' })
  expect((await lettersOf(cast)).join()).toContain('To: lea@')
  expect(await agree(cast.peep)).toBe(1)
  expect(await waysOf(lea)).toEqual(none)
  expect(await takeInvitation(old, codeTyped(before.code))).toBeNull()
  expect(await knownBy('lea@naidis.example', password, 'here')).toBeNull()
  // Not one alone, and none but the two: the link is theirs.
  await expect(invite.run(cast.kim, { id: lea })).rejects.toBeInstanceOf(NotFound)
  const { code, kind } = await invite.run(cast.peep, { id: lea })
  expect(kind).toBe('recovery')
  const link = await open(await lastToken(cast))
  // Were somebody signed in all the same, the link could not be stopped.
  const inside = (await signIn(cast.admin, lea)).person
  expect((await openAccount.run(inside, {})).recoverySince).toBeNull()
  await expect(stopRecovery.run(inside, {})).rejects.toBeInstanceOf(Conflict)
  expect((await takeInvitation(link, codeTyped(code)))?.id).toBe(lea)
  expect(await whoBears(inside.claim)).toBeNull()
})

test('one person closes it once more, and the link that two had agreed on is void', async () => {
  const tiia = cast.tiia.id
  await disablePerson.run(cast.ott, { id: tiia })
  await enablePerson.run(cast.ott, { id: tiia, way: 'document', reason: 'Keegi esines temana' })
  expect(await agree(cast.kim)).toBe(1)
  const { code } = await invite.run(cast.ott, { id: tiia })
  const link = await open(await lastToken(cast))
  await disablePerson.run(cast.ott, { id: tiia })
  expect(await takeInvitation(link, codeTyped(code))).toBeNull()
  await cast.admin.query(`update person set status = 'active' where id = $1`, [tiia])
  expect(await takeInvitation(link, codeTyped(code))).toBeNull()
  await expect(invite.run(cast.ott, { id: tiia })).rejects.toBeInstanceOf(NotFound)
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
  // But a link that was sent before leads in as long as it holds, and so long its owner is told and can stop it.
  const late = await begin(cast.ott, cast.jaan)
  await confirm.run(cast.kim, { id: late.id, way: 'video' })
  const { code } = await invite.run(cast.ott, { id: cast.jaan.id })
  const link = await open(await lastToken(cast))
  await cast.admin.query(`update confirmation set expires_at = now() - interval '1 minute' where id = $1`, [late.id])
  expect((await openAccount.run(cast.jaan, {})).recoverySince).toBeInstanceOf(Date)
  expect(await stopRecovery.run(cast.jaan, {})).toEqual({ stopped: 1 })
  expect(await takeInvitation(link, codeTyped(code))).toBeNull()
})

test('an administrator comes back in by two others; alone in the office, by coordinator and project manager', async () => {
  await begin(cast.kim, cast.ott)
  await expect(begin(cast.kim, cast.ott)).rejects.toBeInstanceOf(Conflict)
  expect(await agree(cast.ott)).toBe(0)
  expect(await agree(cast.kim)).toBe(0)
  expect(await agree(cast.peep)).toBe(1)
  expect((await invite.run(cast.peep, { id: cast.ott.id })).kind).toBe('recovery')
})
