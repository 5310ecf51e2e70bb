// Does an invitation let in whom it is for, with both halves, once – and nobody by half of it?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { agree, lastToken, lettersOf } from '../../../test/two-people.ts'
import { knock } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { secondOf } from '../door.server.ts'
import { addPerson, disablePerson, openPerson } from '../people/people.server.ts'
import { codeTyped } from './invitation.ts'
import { invitationOf, invite, openInvite, takeInvitation, voidInvitation } from './invitations.server.ts'

let cast: Cast
let uku = ''
beforeAll(async () => {
  cast = await openCast()
  const asked = { name: 'Uku Näidis-Uus', email: 'uku@naidis.example', role: 'trainer', reason: 'Alustab' }
  uku = (await addPerson.run(cast.ott, { ...asked, validFrom: '2026-01-01', validTo: '2099-12-31' })).id
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))

const stateOf = async () => (await openPerson.run(cast.ott, { id: uku })).holder.signIn

test('nobody is invited before two people have agreed, and then only by those who may', async () => {
  await expect(invite.run(cast.ott, { id: uku })).rejects.toBeInstanceOf(NotFound)
  expect(await agree(cast.peep)).toBe(1)
  expect(await stateOf()).toBe('none')
  for (const who of [cast.kim, cast.peep, cast.sirje]) {
    await expect(openInvite.run(who, { id: uku })).rejects.toBeInstanceOf(NotFound)
    await expect(invite.run(who, { id: uku })).rejects.toBeInstanceOf(NotFound)
    await expect(voidInvitation.run(who, { id: uku })).rejects.toBeInstanceOf(NotFound)
  }
  await expect(invite.run(cast.lou, { id: uku })).rejects.toBeInstanceOf(Refused)
  const late = { ...cast.ott, provedAt: new Date(Date.now() - 6 * 60_000) }
  await expect(invite.run(late, { id: uku })).rejects.toBeInstanceOf(Refused)
})

test('the letter says nothing of the work, and neither link nor code is kept', async () => {
  await lettersOf(cast)
  const { code } = await invite.run(cast.ott, { id: uku })
  expect(codeTyped(code.toLowerCase().replace('-', ' '))).toMatch(/^[A-Z0-9]{8}$/)
  const waiting = await cast.admin.query(`select link_sealed from mail_outbox where sent_at is null`)
  const [letter = '', ...more] = await lettersOf(cast)
  expect(more).toEqual([])
  expect(letter).toContain('To: uku@naidis.example')
  expect(letter).not.toMatch(/Näidis|MARAC|tugi|kannatanu|vägival|juhtum/i)
  expect(letter).not.toContain(codeTyped(code))
  const token = /invitation\/([A-Za-z0-9_-]{43})/.exec(letter)?.[1] ?? ''
  expect(await invitationOf(token)).not.toBeNull()
  const kept = await cast.admin.query(
    `select row_to_json(i)::text as line from invitation i union all select row_to_json(m)::text from mail_outbox m`,
  )
  for (const { line } of kept.rows) {
    for (const secret of [token, codeTyped(code)]) {
      expect(line).not.toContain(secret)
      expect(line).not.toContain(Buffer.from(secret).toString('hex'))
    }
  }
  // What led to the link is gone once the letter has left.
  expect(waiting.rows[0].link_sealed).not.toBeNull()
  expect((await cast.admin.query(`select 1 from mail_outbox where link_sealed is not null`)).rowCount).toBe(0)
  expect(await stateOf()).toBe('invited')
})

test('the link alone, a guess, another link’s code and a void link open nothing', async () => {
  const first = await invite.run(cast.ott, { id: uku })
  const firstToken = await lastToken(cast)
  const firstId = (await invitationOf(firstToken))?.id ?? ''
  const second = await invite.run(cast.ott, { id: uku })
  const token = await lastToken(cast)
  const id = (await invitationOf(token))?.id ?? ''
  // The newer one has made the older one void.
  expect(await invitationOf(firstToken)).toBeNull()
  expect(await takeInvitation(firstId, codeTyped(first.code))).toBeNull()
  expect(await takeInvitation(id, codeTyped(first.code))).toBeNull()
  expect(await takeInvitation(id, 'AAAAAAAA')).toBeNull()
  for (const wrong of ['', 'x', `${token}x`, 'A'.repeat(43)]) expect(await invitationOf(wrong)).toBeNull()
  expect((await cast.admin.query('select 1 from credential where person_id = $1', [uku])).rowCount).toBe(0)
  await voidInvitation.run(cast.ott, { id: uku })
  expect(await takeInvitation(id, codeTyped(second.code))).toBeNull()
  await expect(voidInvitation.run(cast.ott, { id: uku })).rejects.toBeInstanceOf(Conflict)
  expect(await stateOf()).toBe('none')
})

test('an invitation runs out, and dies with the account', async () => {
  const { code } = await invite.run(cast.ott, { id: uku })
  const token = await lastToken(cast)
  const id = (await invitationOf(token))?.id ?? ''
  await cast.admin.query(`update invitation set expires_at = now() - interval '1 second' where id = $1`, [id])
  expect(await invitationOf(token)).toBeNull()
  expect(await takeInvitation(id, codeTyped(code))).toBeNull()
  expect(await stateOf()).toBe('expired')
  const again = await invite.run(cast.ott, { id: uku })
  const last = (await invitationOf(await lastToken(cast)))?.id ?? ''
  await disablePerson.run(cast.ott, { id: uku })
  expect(await takeInvitation(last, codeTyped(again.code))).toBeNull()
  await cast.admin.query(`update person set status = 'active' where id = $1`, [uku])
  expect(await takeInvitation(last, codeTyped(again.code))).toBeNull()
})

test('whoever has shown link and code goes on with that very invitation, and with no other', async () => {
  const stolen = await invite.run(cast.ott, { id: uku })
  const first = (await invitationOf(await lastToken(cast)))?.id ?? ''
  expect((await takeInvitation(first, codeTyped(stolen.code)))?.id).toBe(uku)
  // It is voided, and another one sent: whoever had shown the first one stands before a closed door.
  const owned = await invite.run(cast.ott, { id: uku })
  const second = (await invitationOf(await lastToken(cast)))?.id ?? ''
  const factor = (invitation: string) => knock('door_factor_set', [invitation, Buffer.from('x'), 1, []])
  const password = (invitation: string) => knock('door_password_set', [invitation, 'x'])
  expect(await factor(first)).toEqual([{ door_factor_set: false }])
  expect((await takeInvitation(second, codeTyped(owned.code)))?.id).toBe(uku)
  expect(await factor(first)).toEqual([{ door_factor_set: false }])
  expect(await factor(second)).toEqual([{ door_factor_set: true }])
  expect(await password(first)).toEqual([{ door_password_set: false }])
  for (const close of [
    `update invitation set voided_at = now() where id = $1`,
    `update invitation set voided_at = null, expires_at = now() where id = $1`,
  ]) {
    await cast.admin.query(close, [second])
    expect(await password(second)).toEqual([{ door_password_set: false }])
    expect(await factor(second)).toEqual([{ door_factor_set: false }])
  }
  const { rows } = await cast.admin.query('select password_once from credential where person_id = $1', [uku])
  expect(rows).toEqual([{ password_once: true }])
})

test('whose account is closed half-way goes no further, whoever of the two is first', async () => {
  for (let round = 0; round < 8; round++) {
    const { code } = await invite.run(cast.ott, { id: uku })
    const id = (await invitationOf(await lastToken(cast)))?.id ?? ''
    await takeInvitation(id, codeTyped(code))
    const factor = () => knock<{ door_factor_set: boolean }>('door_factor_set', [id, Buffer.from('x'), 1, []])
    await Promise.all([disablePerson.run(cast.ott, { id: uku }), factor()])
    expect(await factor()).toEqual([{ door_factor_set: false }])
    const { rows } = await cast.admin.query('select 1 from credential where person_id = $1', [uku])
    expect(rows).toEqual([])
    await cast.admin.query(`update person set status = 'active' where id = $1`, [uku])
  }
})

test('with both halves one makes keys of one’s own; half-way it may be begun again, afterwards never', async () => {
  const { code } = await invite.run(cast.ott, { id: uku })
  const token = await lastToken(cast)
  const id = (await invitationOf(token))?.id ?? ''
  expect(await takeInvitation(id, codeTyped(code))).toEqual({ id: uku, ended: {} })
  expect(await takeInvitation(id, codeTyped(code))).toEqual({ id: uku, ended: {} })
  expect(await secondOf(uku)).toMatchObject({ totp_confirmed: false, password_once: true })
  // A password before the second factor is none.
  expect(await knock('door_password_set', [id, 'x'])).toEqual([{ door_password_set: false }])
  expect(await invitationOf(token)).not.toBeNull()
  await knock('door_factor_set', [id, Buffer.from('x'), 1, []])
  const both = await Promise.all([knock('door_password_set', [id, 'x']), knock('door_password_set', [id, 'y'])])
  expect(both.flat().filter((row) => row.door_password_set)).toHaveLength(1)
  expect(await invitationOf(token)).toBeNull()
  expect(await takeInvitation(id, codeTyped(code))).toBeNull()
  expect(await stateOf()).toBe('ready')
  // Whoever has keys of their own is not invited anew by one person.
  await expect(invite.run(cast.ott, { id: uku })).rejects.toBeInstanceOf(NotFound)
  expect(await knock('door_password_set', [id, 'z'])).toEqual([{ door_password_set: false }])
})

test('whoever has once come in, by whatever way, is not invited by one person', async () => {
  for (const who of [cast.max, cast.jaan])
    await expect(invite.run(cast.ott, { id: who.id })).rejects.toBeInstanceOf(NotFound)
  await expect(invite.run(cast.ott, { id: cast.ott.id })).rejects.toBeInstanceOf(NotFound)
  await expect(invite.run(cast.ott, { id: cast.sys.id })).rejects.toBeInstanceOf(NotFound)
})
