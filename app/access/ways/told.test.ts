// Does everybody hear of what changes at their own doors, and does nothing stay open behind whoever came back by two people?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { openSink } from '../../../test/sink.ts'
import { testCode } from '../../../test/tara.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { listAudit } from '../../audit/audits.server.ts'
import { logTo } from '../../core/log.server.ts'
import { whoBears } from '../../core/session.server.ts'
import { sendMail, useMail } from '../../process/mail.server.ts'
import { changePassword, openAccount } from '../account/accounts.server.ts'
import { makeCalendar } from '../calendar/calendars.server.ts'
import { newFactor, sealFactor } from '../factor.server.ts'
import { codeTyped } from '../invitation/invitation.ts'
import { invitationOf, invite, takeInvitation } from '../invitation/invitations.server.ts'
import { linkIdentity, personBehind, unlinkIdentity } from '../oidc/identities.server.ts'
import { addPasskey, removePasskey } from '../passkey/passkeys.server.ts'
import { hashPassword } from '../passwords.server.ts'
import { confirm } from '../two-people/confirmations.server.ts'
import { beginRecovery } from '../two-people/recovery.server.ts'

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
  await cast.admin.query('delete from sign_in_attempt; delete from mail_outbox')
  letters = []
})

type Key = ReturnType<typeof newAuthenticator>
const post = async () => {
  letters = []
  await sendMail(cast.sys)
  return letters.map(({ to, text }) => ({ to: to.split('@')[0], text: text.replace(/=\r?\n/g, '') }))
}
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
test('each change at one’s doors sends a letter that says nothing else, and stands on one’s own page', async () => {
  const keys = [newAuthenticator({ origin }), newAuthenticator({ origin })]
  const ids: string[] = []
  for (const key of keys) ids.push((await addPasskey.run(cast.lea, keep(key))).id)
  expect((await post()).map(({ to }) => to)).toEqual(['lea', 'lea'])
  await removePasskey.run(cast.lea, { id: ids[0] ?? '' })
  await linkIdentity.run(cast.lea, { code: testCode(3) })
  await unlinkIdentity.run(cast.lea, {})
  await cast.admin.query(
    `insert into credential (person_id, password_hash, totp_confirmed_at) values ($1, 'x', now())`,
    [cast.lea.id],
  )
  await changePassword.run(cast.lea, { password: 'lilla traktor sõidab kuule' })
  const told = await post()
  expect(told.map(({ to }) => to)).toEqual(['lea', 'lea', 'lea', 'lea'])
  for (const { text } of told) {
    expect(text).toContain('Subject: Teade')
    expect(
      Buffer.from(
        text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString(),
    ).toContain('helista kohe haldurile')
    expect(text).not.toMatch(/Näidis|MARAC|tugi|kannatanu|juhtum/i)
  }
  const { doors } = await openAccount.run(cast.lea, {})
  expect(doors.map(({ action }) => action)).toEqual([
    ...[
      'account.changePassword',
      'account.unlinkIdentity',
      'account.linkIdentity',
      'passkey.remove',
      'passkey.add',
      'passkey.add',
    ],
  ])
  expect((await openAccount.run(cast.tiia, {})).doors).toEqual([])
  await cast.admin.query('delete from passkey where person_id = $1', [cast.lea.id])
  await cast.admin.query('delete from credential')
})

test('an address that is changed in the database is told at both, and the old one is then forgotten', async () => {
  await cast.admin.query(`update person set email = 'uus.max@naidis.example' where id = $1`, [cast.max.id])
  expect((await post()).map(({ to }) => to).toSorted()).toEqual(['max', 'uus.max'])
  const { rows } = await cast.admin.query('select to_before from mail_outbox where to_before is not null')
  expect(rows).toEqual([])
  await cast.admin.query(`update person set email = 'max@naidis.example' where id = $1`, [cast.max.id])
})

/** Everything by which somebody could have come in, and what a thief of it holds. */
async function everyWay() {
  const key = newAuthenticator({ origin })
  await addPasskey.run(cast.mall, keep(key))
  await linkIdentity.run(cast.mall, { code: testCode(5) })
  await makeCalendar.run(cast.mall, {})
  await cast.admin.query(
    'insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) values ($1, $2, $3, now())',
    [...[cast.mall.id, await hashPassword('kollane paat ootab hommikut'), sealFactor(cast.mall.id, newFactor())]],
  )
  await cast.admin.query('insert into recovery_code (person_id, code_hash) values ($1, $2)', [
    cast.mall.id,
    Buffer.alloc(16),
  ])
  const { person } = await signIn(cast.admin, cast.mall.id)
  await cast.admin.query('update session set browser = $2 where id = $1', [person.sessionId, Buffer.alloc(32, 1)])
  return { key, person }
}

async function agreedLink(): Promise<{ link: string; code: string }> {
  const { id } = await beginRecovery.run(cast.ott, { id: cast.mall.id, way: 'document', reason: 'Näidis' })
  await confirm.run(cast.kim, { id, way: 'video' })
  await cast.admin.query('delete from mail_outbox')
  const { code } = await invite.run(cast.kim, { id: cast.mall.id })
  const [letter] = await post()
  const token = /\/invitation\/([A-Za-z0-9_-]{43})/.exec(letter?.text ?? '')?.[1] ?? ''
  return { link: (await invitationOf(token))?.id ?? '', code: codeTyped(code) }
}

test('an invitation that is moved to somebody else opens nothing', async () => {
  const { link, code } = await agreedLink()
  await cast.admin.query('update invitation set person_id = $2 where id = $1', [link, cast.kim.id])
  expect(await takeInvitation(link, code)).toBeNull()
  await cast.admin.query('delete from invitation; delete from confirmation')
})

test('whoever comes back by two people holds the only way in: all before it is over, and she, the log and a letter say so', async () => {
  const { key, person } = await everyWay()
  const { link, code } = await agreedLink()
  const taken = await takeInvitation(link, code)
  const gone = { passkeys: 1, card: 1, password: 1, codes: 1, browsers: 1, calendar: 1 }
  expect(taken).toMatchObject({ id: cast.mall.id, ended: gone })
  expect(taken?.ended.sessions).toBeGreaterThanOrEqual(2)
  expect([await show(key), await personBehind(testCode(5)), await whoBears(person.claim)]).toEqual([422, null, null])
  const left = await cast.admin.query(
    `select (select count(*) from passkey where person_id = $1) + (select count(*) from person_identity where person_id = $1)
       + (select count(*) from calendar_feed where person_id = $1) + (select count(*) from session where person_id = $1 and browser is not null)
       + (select count(*) from recovery_code where person_id = $1) + (select count(*) from credential where person_id = $1 and totp_sealed is not null) as left`,
    [cast.mall.id],
  )
  expect(left.rows).toEqual([{ left: 0 }])
  // Called away half-way she is told the same again, and there is one letter and one event of it.
  expect((await takeInvitation(link, code))?.ended).toEqual(taken?.ended)
  const told = await post()
  expect(told.map(({ to }) => to)).toEqual(['mall'])
  expect(told[0]?.text).toContain('kahe inimese abiga')
  const { events } = await listAudit.run(cast.aino, { action: 'access.recovered' })
  expect(events.map(({ helpers }) => helpers)).toEqual([['Kim Näidis-Koort', 'Ott Näidis-Orav']])
  const back = (await signIn(cast.admin, cast.mall.id)).person
  expect((await openAccount.run(back, {})).doors[0]).toMatchObject({
    ...{ action: 'access.recovered', helpers: ['Kim Näidis-Koort', 'Ott Näidis-Orav'] },
  })
})
