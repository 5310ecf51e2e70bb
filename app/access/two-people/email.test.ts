// Does it take two to send somebody's letters elsewhere – told at both addresses, refused by herself, and with nothing left open behind it?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { type Letter, openPost, type Post } from '../../../test/post.ts'
import { listAudit } from '../../audit/audits.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { openAccount } from '../account/accounts.server.ts'
import { addPerson } from '../people/people.server.ts'
import { askedForgotten } from './changes.server.ts'
import { confirm, openConfirmation, refuse, withdraw } from './confirmations.server.ts'
import { askEmail, keepOwnEmail, openEmail, openOwnEmail } from './emails.server.ts'

let cast: Cast
let mail: Post
let letters: Letter[] = []
beforeAll(async () => {
  cast = await openCast()
  mail = await openPost(cast, { origin: 'https://leht.example' })
})
afterAll(async () => {
  await mail.close()
  await cast.close()
})
beforeEach(() =>
  cast.admin.query(
    'delete from mail_outbox; delete from sign_in_attempt; delete from invitation; delete from confirmation',
  ),
)

const seen = { way: 'document', reason: 'Läks tööle teise asutusse' }
const ask = (who: Person, whom: { id: string }, email: string) => askEmail.run(who, { id: whom.id, email, ...seen })
const agreed = async (whom: { id: string }, email: string) => {
  const { id } = await ask(cast.ott, whom, email)
  await confirm.run(cast.kim, { id, way: 'video' })
  return id
}
const emailOf = async (whom: { id: string }) =>
  (await cast.admin.query('select email from person where id = $1', [whom.id])).rows[0].email
/** Everything that waits leaves; to whom. */
async function post() {
  letters = await mail.fetch()
  return letters.map(({ to }) => to.replace('@naidis.example', '')).toSorted()
}
const stale = (who: Person) => ({ ...who, provedAt: new Date(Date.now() - 6 * 60_000) })

test('one asks, another decides, and neither is the one whose address it is', async () => {
  const { id } = await ask(cast.ott, cast.lea, 'Uus.Lea@Naidis.example')
  expect(await emailOf(cast.lea)).toBe('lea@naidis.example')
  // Nobody is the second for what they asked themselves or for themselves; nor is anybody else than those who could help her back in.
  await expect(confirm.run(cast.ott, { id, way: 'video' })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.lea, cast.lou, cast.max, cast.aino])
    await expect(confirm.run(who, { id, way: 'video' })).rejects.toBeInstanceOf(Refused)
  await expect(confirm.run(cast.sirje, { id, way: 'video' })).rejects.toBeInstanceOf(NotFound)
  // The second has to have seen her too.
  await expect(confirm.run(cast.kim, { id })).rejects.toBeInstanceOf(Invalid)
  await expect(confirm.run(stale(cast.kim), { id, way: 'video' })).rejects.toBeInstanceOf(Refused)
  await confirm.run(cast.kim, { id, way: 'video' })
  expect(await emailOf(cast.lea)).toBe('uus.lea@naidis.example')
  expect(await openConfirmation.run(cast.kim, { id })).toMatchObject({
    ...{ way: 'document', decisionWay: 'video', proposer: 'Ott Näidis-Orav', decider: 'Kim Näidis-Koort' },
    newEmail: 'uus.lea@naidis.example',
  })
  // She is still signed in, and reads who did it.
  expect((await whoBears(cast.lea.claim))?.id).toBe(cast.lea.id)
  const { doors } = await openAccount.run(cast.lea, {})
  expect(doors[0]).toMatchObject({
    ...{ action: 'access.emailChanged', who: null, helpers: ['Kim Näidis-Koort', 'Ott Näidis-Orav'] },
  })
  const { events } = await listAudit.run(cast.aino, { action: 'access.emailChanged' })
  expect(events.map(({ helpers }) => helpers)).toEqual([['Kim Näidis-Koort', 'Ott Näidis-Orav']])
  await agreed(cast.lea, 'lea@naidis.example')
})

test('who may ask: the same as may help back in – never for oneself, never without a fresh proof', async () => {
  expect(await openEmail.run(cast.sirje, { id: cast.lou.id })).toMatchObject({ email: 'lou@naidis.example' })
  for (const who of [cast.kim, cast.sirje, cast.peep]) {
    await expect(openEmail.run(who, { id: cast.mall.id })).rejects.toBeInstanceOf(NotFound)
    await expect(ask(who, cast.mall, 'a@naidis.example')).rejects.toBeInstanceOf(NotFound)
    await expect(ask(who, who, 'a@naidis.example')).rejects.toBeInstanceOf(NotFound)
    // Nor does anybody learn on that way whether an address is somebody's.
    await expect(ask(who, cast.mall, 'max@naidis.example')).rejects.toBeInstanceOf(NotFound)
  }
  for (const who of [cast.lou, cast.lea, cast.aino, cast.mall])
    await expect(ask(who, cast.tiia, 'a@naidis.example')).rejects.toBeInstanceOf(Refused)
  await expect(ask(cast.ott, cast.sys, 'a@naidis.example')).rejects.toBeInstanceOf(NotFound)
  await expect(ask(stale(cast.ott), cast.mall, 'a@naidis.example')).rejects.toBeInstanceOf(Refused)
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [
    cast.ott.sessionId,
  ])
  await expect(ask(cast.ott, cast.mall, 'a@naidis.example')).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query(`update session set proved_at = now() where id = $1`, [cast.ott.sessionId])
  const typed = { id: cast.mall.id, email: 'a@naidis.example', ...seen }
  for (const wrong of [
    { email: 'x' },
    { email: 'a <b@c.ee>' },
    { email: 'a@tugivork.invalid' },
    { way: 'phone' },
    { reason: '' },
  ])
    await expect(askEmail.run(cast.ott, { ...typed, ...wrong })).rejects.toBeInstanceOf(Invalid)
  expect(await post()).toEqual([])
})

test('an address that somebody has is refused without a word of whose it is, also where somebody gets it in the meantime', async () => {
  for (const theirs of ['max@naidis.example', 'MALL@naidis.example', 'lea@naidis.example'])
    await expect(ask(cast.ott, cast.lea, theirs)).rejects.toMatchObject({
      fields: { email: { key: 'access.email.taken' } },
    })
  const { id } = await ask(cast.ott, cast.lea, 'vaba@naidis.example')
  // One at a time.
  await expect(ask(cast.ott, cast.lea, 'teine@naidis.example')).rejects.toMatchObject({
    said: { key: 'access.two.already' },
  })
  const other = { name: 'Näidis-Kiirem', email: 'vaba@naidis.example', role: 'trainer', reason: 'Alustab' }
  await addPerson.run(cast.ott, { ...other, validFrom: '2026-01-01', validTo: '2099-12-31' })
  await expect(confirm.run(cast.kim, { id, way: 'video' })).rejects.toMatchObject({
    said: { key: 'access.email.takenSince' },
  })
  expect(await emailOf(cast.lea)).toBe('lea@naidis.example')
  await refuse.run(cast.kim, { id, reason: 'Aadress on teise inimese oma' })
  await ask(cast.ott, cast.lea, 'teine@naidis.example')
})

test('whoever may not look at all accounts does not learn which addresses there are: it waits, and the letters go out', async () => {
  for (const theirs of ['max@naidis.example', 'aino@naidis.example', 'mitte.kellegi@naidis.example']) {
    const { id } = await ask(cast.sirje, cast.lou, theirs)
    expect(await post()).toContain(theirs.replace('@naidis.example', ''))
    if (theirs.startsWith('mitte')) continue
    await expect(confirm.run(cast.kim, { id, way: 'video' })).rejects.toMatchObject({
      said: { key: 'access.email.takenSince' },
    })
    await refuse.run(cast.kim, { id, reason: 'Aadress on teise inimese oma' })
  }
  // What the page shows her anyway is told her at once.
  await cast.admin.query('delete from confirmation')
  await expect(ask(cast.sirje, cast.lou, 'lou@naidis.example')).rejects.toMatchObject({
    fields: { email: { key: 'access.email.taken' } },
  })
})

test('both addresses hear of it when it is asked for and when it is decided, in letters that say nothing else', async () => {
  const first = await ask(cast.ott, cast.lea, 'uus.lea@naidis.example')
  expect(await post()).toEqual(['kim', 'lea', 'peep', 'uus.lea'])
  for (const { text } of letters) {
    expect(text).toContain('Subject: Teade')
    expect(text).not.toMatch(/Näidis-|MARAC|tugi|kannatanu|juhtum/i)
  }
  // Nobody knows yet who reads at the new one: it is led nowhere.
  expect(letters.find(({ to }) => to.startsWith('uus.lea'))?.text).not.toContain('leht.example')
  expect(letters.find(({ to }) => to.startsWith('lea@'))?.text).toContain('https://leht.example')
  await refuse.run(cast.kim, { id: first.id, reason: 'Ei ole tema' })
  expect(await post()).toEqual(['lea', 'uus.lea'])
  const second = await ask(cast.ott, cast.lea, 'uus.lea@naidis.example')
  await post()
  await withdraw.run(cast.ott, { id: second.id })
  expect(await post()).toEqual(['lea', 'uus.lea'])
  const third = await ask(cast.ott, cast.lea, 'uus.lea@naidis.example')
  await post()
  await confirm.run(cast.kim, { id: third.id, way: 'known' })
  expect(await post()).toEqual(['lea', 'ott', 'uus.lea'])
  // No address stays in the queue behind its letter.
  expect((await cast.admin.query('select 1 from mail_outbox where to_before is not null')).rowCount).toBe(0)
  await agreed(cast.lea, 'lea@naidis.example')
})

test('she sees on her account what waits and keeps her address herself, after a fresh proof', async () => {
  const { id } = await ask(cast.ott, cast.lea, 'vargale@naidis.example')
  expect((await openAccount.run(cast.lea, {})).changes[0]).toMatchObject({
    ...{ id, newEmail: 'vargale@naidis.example', reason: seen.reason },
  })
  expect(await openOwnEmail.run(cast.lea, {})).toMatchObject({ waiting: { id, email: 'lea@naidis.example' } })
  for (const who of [cast.mall, cast.ott, cast.kim]) {
    expect((await openAccount.run(who, {})).changes).toEqual([])
    expect(await openOwnEmail.run(who, {})).toEqual({ waiting: null })
    await expect(keepOwnEmail.run(who, { id })).rejects.toBeInstanceOf(NotFound)
  }
  await expect(keepOwnEmail.run(stale(cast.lea), { id })).rejects.toBeInstanceOf(Refused)
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [
    cast.lea.sessionId,
  ])
  await expect(keepOwnEmail.run(cast.lea, { id })).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query(`update session set proved_at = now() where id = $1`, [cast.lea.sessionId])
  await post()
  await keepOwnEmail.run(cast.lea, { id })
  expect(await post()).toEqual(['lea', 'vargale'])
  await expect(keepOwnEmail.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  await expect(confirm.run(cast.kim, { id, way: 'video' })).rejects.toBeInstanceOf(Conflict)
  await expect(withdraw.run(cast.ott, { id })).rejects.toBeInstanceOf(Conflict)
  expect([await emailOf(cast.lea), (await openAccount.run(cast.lea, {})).changes]).toEqual(['lea@naidis.example', []])
  const { events } = await listAudit.run(cast.aino, { action: 'account.keepEmail' })
  expect(events.filter(({ result }) => result === 'done').map(({ actor }) => actor)).toEqual(['Lea Näidis-Lind'])
})

test('what nobody decided in time is over, and the address is then forgotten', async () => {
  const { id } = await ask(cast.ott, cast.lea, 'hilja@naidis.example')
  expect(await askedForgotten.run(cast.sys)).toBe(0)
  await cast.admin.query(
    `update confirmation set proposed_at = now() - interval '8 days', expires_at = now() - interval '1 minute' where id = $1`,
    [id],
  )
  await expect(confirm.run(cast.kim, { id, way: 'video' })).rejects.toBeInstanceOf(Conflict)
  await expect(keepOwnEmail.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  expect((await openAccount.run(cast.lea, {})).changes).toEqual([])
  expect(await askedForgotten.run(cast.sys)).toBe(1)
  expect((await openConfirmation.run(cast.ott, { id })).newEmail).toBeNull()
})
