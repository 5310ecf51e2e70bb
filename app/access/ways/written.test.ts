// Does somebody who can write to the database come in by what she wrote there, and does everybody hear of what changes at their own doors?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { openSink } from '../../../test/sink.ts'
import { linkCard, testCode } from '../../../test/tara.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { judgeFinding, listFindings, openFinding } from '../../audit/watch/findings.server.ts'
import { rowSeal } from '../../core/keys/row-seal.server.ts'
import { logTo } from '../../core/log.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { sendMail, useMail } from '../../process/mail.server.ts'
import { openAccount } from '../account/accounts.server.ts'
import { newFactor, sealFactor } from '../factor.server.ts'
import { linkIdentity, personBehind } from '../oidc/identities.server.ts'
import { addPasskey } from '../passkey/passkeys.server.ts'
import { hashPassword } from '../passwords.server.ts'
import { lookAtWays } from './ways.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: ReturnType<typeof createApp>
let sink: Awaited<ReturnType<typeof openSink>>
let letters: { to: string; text: string }[] = []

beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  sink = await openSink((letter) => letters.push(letter))
  useMail({ smtpUrl: sink.url, outbox: '', sender: 'teated@naidis.example', origin: 'https://leht.example' })
})
afterAll(async () => {
  await sink.close()
  await cast.close()
})
beforeEach(async () => {
  await cast.admin.query('delete from sign_in_attempt; delete from watch_finding; delete from mail_outbox')
  letters = []
})

type Key = ReturnType<typeof newAuthenticator>
const idOf = (key: Key) => Buffer.from(key.id, 'base64url')
const post = async () => {
  letters = []
  await sendMail(cast.sys)
  return letters.map(({ to, text }) => ({ to: to.split('@')[0], text: text.replace(/=\r?\n/g, '') }))
}
const findings = async () =>
  (await listFindings.run(cast.aino, {})).open.map(({ rule, person, count }) => [rule, person, count])

/** Comes to the door with a key; the status of the answer. */
async function show(key: Key): Promise<number> {
  const visitor = newVisitor(app, origin)
  const options = (await (await visitor.post('/sign-in/passkey/options', {}, true)).json()) as { challenge: string }
  const answer = await visitor.post('/sign-in/passkey', { credential: JSON.stringify(key.show(options)) })
  return answer.status
}

const keep = (key: Key, name = 'Näidis-võti') => ({
  ...{ name, credentialId: key.id, publicKey: key.publicKey.toString('base64url') },
  ...{ counter: 0, transports: [], backedUp: false },
})
const put = (personId: string, key: Key, seal: Buffer | null) =>
  cast.admin.query(
    `insert into passkey (person_id, credential_id, public_key, backed_up, name, seal) values ($1, $2, $3, false, 'x', $4)`,
    [personId, idOf(key), key.publicKey, seal],
  )

test('a key that was written into the database opens nothing, however its seal was made', async () => {
  const good = newAuthenticator({ origin })
  await addPasskey.run(cast.lou, keep(good))
  expect(await show(good)).toBe(303)
  const own = rowSeal('passkey', cast.lou.id, [idOf(good), good.publicKey])
  const forged = newAuthenticator({ origin })
  for (const seal of [null, own, Buffer.alloc(32)]) {
    await put(cast.kim.id, forged, seal)
    expect(await show(forged)).toBe(422)
    await cast.admin.query('delete from passkey where credential_id = $1', [idOf(forged)])
  }
  // Her own row, sealed by us, moved to the coordinator; and back again.
  await cast.admin.query('update passkey set person_id = $1 where credential_id = $2', [cast.kim.id, idOf(good)])
  expect(await show(good)).toBe(422)
  await cast.admin.query('update passkey set person_id = $1 where credential_id = $2', [cast.lou.id, idOf(good)])
  expect(await show(good)).toBe(303)
  // Another key under a name that has been sealed.
  await cast.admin.query('update passkey set public_key = $1 where credential_id = $2', [forged.publicKey, idOf(good)])
  expect(await show(good)).toBe(422)
  await cast.admin.query('delete from passkey where person_id = $1', [cast.lou.id])
})

test('the auditor hears of it at once, sees it, and judges; the owner of the account sees it too', async () => {
  const forged = newAuthenticator({ origin })
  await put(cast.kim.id, forged, null)
  expect([await show(forged), await show(forged)]).toEqual([422, 422])
  expect(await findings()).toEqual([['seal', 'Kim Näidis-Koort', 2]])
  const told = await post()
  expect(told.map(({ to }) => to).toSorted()).toEqual(['aino', 'kim'])
  const [{ id = '' } = {}] = (await listFindings.run(cast.aino, {})).open
  const { events } = await openFinding.run(cast.aino, { id })
  expect(events.map(({ action, actor }) => [action, actor])).toEqual(Array(2).fill(['access.unsealed', null]))
  await judgeFinding.run(cast.aino, { id, judgement: 'incident', words: 'Näidis: keegi kirjutas andmebaasi.' })
  expect((await openAccount.run(cast.kim, {})).doors[0]).toMatchObject({ action: 'access.unsealed', who: null })
  // Judged or not, it opens nothing; and it is found anew.
  expect(await show(forged)).toBe(422)
  expect(await findings()).toEqual([['seal', 'Kim Näidis-Koort', 1]])
  await cast.admin.query('delete from passkey where person_id = $1', [cast.kim.id])
})

test('what nobody has come by yet is found by the process, once', async () => {
  await linkCard(cast.admin, cast.peep.id, testCode(2))
  expect(await lookAtWays(cast.sys)).toBe(0)
  await put(cast.kim.id, newAuthenticator({ origin }), null)
  await cast.admin.query('update person_identity set person_id = $1 where person_id = $2', [cast.max.id, cast.peep.id])
  expect(await lookAtWays(cast.sys)).toBe(2)
  expect(await lookAtWays(cast.sys)).toBe(0)
  expect((await findings()).map(([rule, person]) => `${rule} ${person}`).toSorted()).toEqual([
    'seal Kim Näidis-Koort',
    'seal Max Näidis-Mets',
  ])
  await cast.admin.query(`delete from passkey where name = 'x'; delete from person_identity`)
})

test('a card that was moved to another account opens neither, until its owner links it again', async () => {
  await linkIdentity.run((await signIn(cast.admin, cast.lou.id)).person, { code: testCode(1) })
  expect(await personBehind(testCode(1))).toMatchObject({ id: cast.lou.id })
  await cast.admin.query('update person_identity set person_id = $1 where person_id = $2', [cast.kim.id, cast.lou.id])
  expect(await personBehind(testCode(1))).toBe('again')
  expect(await findings()).toEqual([['seal', 'Kim Näidis-Koort', 1]])
  await cast.admin.query('delete from person_identity')
  await cast.admin.query(`insert into person_identity (person_id, subject_index, linked_by) values ($1, $2, $1)`, [
    cast.kim.id,
    blindIndex('person', testCode(1)),
  ])
  expect(await personBehind(testCode(1))).toBe('again')
  await cast.admin.query('delete from person_identity')
})

test('a password that somebody wrote into the table, with the second factor taken away, leads to no new one', async () => {
  const password = 'pilv tõukab rohelist vankrit'
  await cast.admin.query('insert into credential (person_id, password_hash) values ($1, $2)', [
    ...[cast.lou.id, await hashPassword(password)],
  ])
  const visitor = newVisitor(app, origin)
  const answer = await visitor.post('/sign-in', { email: 'lou@naidis.example', password })
  expect([answer.status, answer.headers.get('location')]).toEqual([422, null])
  expect(await findings()).toEqual([['seal', 'Lou Näidis-Lepik', 1]])
  // Nor does the second factor of another, for it is closed for whose it is.
  await cast.admin.query('update credential set totp_sealed = $2, totp_confirmed_at = now() where person_id = $1', [
    ...[cast.lou.id, sealFactor(cast.kim.id, newFactor())],
  ])
  expect((await visitor.post('/sign-in', { email: 'lou@naidis.example', password })).headers.get('location')).toBe(
    '/sign-in/code',
  )
  expect((await visitor.post('/sign-in/code', { code: '123456' })).status).toBeGreaterThanOrEqual(400)
  await cast.admin.query('delete from credential')
})
