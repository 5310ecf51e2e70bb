// Does an e-mail leave, once, and say nothing about anybody?
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Cast, openCast } from '../../test/cast.ts'
import { asPerson } from '../core/db.server.ts'
import { logTo } from '../core/log.server.ts'
import { command } from '../core/operation.server.ts'
import { type MailKind, mailKinds, telltale } from './letter.ts'
import { mailOutside, mailTo, sendMail, useMail } from './mail.server.ts'

const letters: { to: string; text: string }[] = []
let refusing = false
let cast: Cast
let sink: SMTPServer

const Letter = z.object({ to: z.string(), kind: z.string(), key: z.string().optional() })
const write = command('test.mail', { roles: ['coordinator'], input: Letter }, async (db, { to, kind, key }) =>
  mailTo(db, to, kind as MailKind, key),
)

beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (part: Buffer) => (text += part.toString()))
      stream.on('end', () => {
        if (refusing) return done(new Error('not now'))
        letters.push({ to: session.envelope.rcptTo.map((one) => one.address).join(), text })
        done()
      })
    },
  })
  await new Promise<void>((done) => sink.listen(0, '127.0.0.1', done))
  const { port } = sink.server.address() as AddressInfo
  useMail({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    outbox: '',
    sender: 'teated@naidis.example',
    origin: 'https://leht.example',
  })
})
afterAll(async () => {
  await new Promise<void>((done) => sink.close(done))
  await cast.close()
})
beforeEach(() => {
  letters.length = 0
  refusing = false
})

test('a queued letter goes to its person, in their language, and once', async () => {
  await cast.admin.query(`update person set locale = 'ru' where id = $1`, [cast.lou.id])
  await write.run(cast.kim, { to: cast.lou.id, kind: 'new-task' })
  expect(await sendMail(cast.sys)).toBe(1)
  expect(await sendMail(cast.sys)).toBe(0)
  expect(letters.map((letter) => letter.to)).toEqual(['lou@naidis.example'])
})

test('no letter says whom or what it is about', async () => {
  for (const kind of mailKinds.filter((one) => one !== 'invitation' && one !== 'recovery'))
    await write.run(cast.kim, { to: cast.sirje.id, kind })
  await sendMail(cast.sys)
  expect(letters.length).toBe(mailKinds.length - 2)
  for (const { text } of letters) {
    const [head = '', body = ''] = text.split('\r\n\r\n')
    expect(body).not.toMatch(/M-\d{4}|Näidis/i)
    // The whole letter as it leaves, from its first line of head on: whose it is, who sends it, what program made it.
    expect(text.replaceAll('=\r\n', '')).not.toMatch(telltale)
    expect(head).toMatch(/^From: teated@naidis\.example\r$/m)
    expect(head).toMatch(/^Subject: \w+\r$/m)
  }
})

test('the same reminder is queued once, however often its job runs', async () => {
  const key = `report/${randomUUID()}/nudge/2026-11-01`
  for (let run = 0; run < 3; run++) await write.run(cast.kim, { to: cast.sirje.id, kind: 'reminder', key })
  expect(await sendMail(cast.sys)).toBe(1)
})

test('a letter that is refused waits and is tried again, five times at most', async () => {
  refusing = true
  await write.run(cast.kim, { to: cast.lea.id, kind: 'new-task' })
  expect(await sendMail(cast.sys)).toBe(0)
  refusing = false
  expect(await sendMail(cast.sys)).toBe(1)
  refusing = true
  await write.run(cast.kim, { to: cast.lea.id, kind: 'new-task' })
  for (let run = 0; run < 5; run++) await sendMail(cast.sys)
  refusing = false
  expect(await sendMail(cast.sys)).toBe(0)
})

test('an address to which nothing could be sent is forgotten after the last try, and the mark of a day after that day', async () => {
  await cast.admin.query('delete from mail_outbox')
  refusing = true
  const outside = { to: 'kask@naidis.example', locale: 'et', kind: 'application-no' } as const
  await asPerson('write', cast.kim.claim, (db) => mailOutside(db, outside))
  const kept = async () =>
    (await cast.admin.query('select to_sealed is not null as kept, unique_key from mail_outbox')).rows
  for (let run = 0; run < 4; run++) await sendMail(cast.sys)
  expect(await kept()).toEqual([{ kept: true, unique_key: null }])
  await sendMail(cast.sys)
  expect(await kept()).toEqual([{ kept: false, unique_key: null }])
  await cast.admin.query(`update mail_outbox set unique_key = 'application/aa/2026-01-01'`)
  await sendMail(cast.sys)
  expect(await kept()).toEqual([{ kept: false, unique_key: 'application/aa/2026-01-01' }])
  await cast.admin.query(`update mail_outbox set created_at = now() - interval '25 hours'`)
  await sendMail(cast.sys)
  expect(await kept()).toEqual([{ kept: false, unique_key: null }])
  await cast.admin.query(`update mail_outbox set unique_key = 'application/aa/2026-01-01'`)
  await asPerson('write', cast.kim.claim, (db) => sql`select mail_forget()`.execute(db))
  expect(await kept()).toEqual([{ kept: false, unique_key: 'application/aa/2026-01-01' }])
})

test('nobody but the process reads the queue', async () => {
  await write.run(cast.kim, { to: cast.lea.id, kind: 'new-task' })
  expect(await sendMail(cast.kim)).toBe(0)
  expect(await sendMail(cast.ott)).toBe(0)
  expect(await sendMail(cast.sys)).toBe(1)
})
