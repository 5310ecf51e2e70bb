// Is how the log stands signed in time, does it reach every place outside, and is it told when it does not?
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openAccount } from '../../access/account/accounts.server.ts'
import { standAt } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { logTo } from '../../core/log.server.ts'
import { openAdminHome, openAuditorHome } from '../../home/oversight.server.ts'
import { type AnchorPlace, readAnchorPlaces } from '../../process/anchor-places.ts'
import { useMail } from '../../process/mail.server.ts'
import { readAnchors } from './anchors.ts'
import { checkpointJob, sendCheckpoints, takeCheckpoint, useAnchors } from './checkpoints.server.ts'
import { hashOf, publicKeyText, readNote } from './note.ts'

let cast: Cast
let server: Server
let broken = false
let kept: AnchorPlace[] = []
const stored = new Map<string, string>()
const posted: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'tugivork-anchors-'))
const outbox = mkdtempSync(join(tmpdir(), 'tugivork-mail-'))
const signer = { name: 'signer-test', key: generateKeyPairSync('ed25519').privateKey }
const begun = new Date()
const after = (minutes: number) => standAt(new Date(begun.getTime() + minutes * 60_000))
const read = (text: string) => readNote(text)?.checkpoint

beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  server = createServer((request, answer) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      const path = request.url ?? ''
      if (broken) return answer.writeHead(500).end()
      if (request.method === 'GET') return answer.end(stored.get(path))
      if (request.method === 'POST') posted.push(text)
      else if (stored.has(path)) return answer.writeHead(412).end()
      else stored.set(path, text)
      return answer.writeHead(201).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  kept = readAnchorPlaces(`file:${folder} ${web}/store/ ${web}/told mailto:akt@naidis.example`) ?? []
  useMail({ smtpUrl: null, outbox, sender: 'tugivork@naidis.example', origin: 'https://tugivork.example' })
  useAnchors({ origin: 'https://tugivork.example', places: kept, signer })
})
afterAll(async () => {
  standAt(null)
  useAnchors(null)
  await new Promise((done) => server.close(done))
  await cast.close()
})

const inFolder = () => readdirSync(folder).filter((name) => name.startsWith('checkpoint'))

test('the first checkpoint goes to every place, with the public key beside it', async () => {
  await openAccount.run(cast.lou, {})
  expect(await checkpointJob.run(cast.sys)).toBe(4)
  expect(inFolder()).toEqual(['checkpoint-000000001.txt'])
  const text = readFileSync(join(folder, inFolder()[0] ?? ''), 'utf8')
  const { rows } = await cast.admin.query(`select seq, encode(hash, 'hex') as hash from audit_event order by seq desc`)
  expect(read(text)).toMatchObject({ origin: 'tugivork.example/audit', size: rows[0].seq, head: rows[0].hash })
  expect(read(text)?.previous).toBeNull()
  expect([...stored]).toEqual([['/store/checkpoint-000000001.txt', text]])
  expect(posted).toEqual([text])
  const key = readdirSync(folder).find((name) => name.startsWith('public-key')) ?? ''
  expect(readFileSync(join(folder, key), 'utf8')).toBe(`${publicKeyText(signer.name, signer.key)}\n`)
  expect(statSync(join(folder, key)).mode & 0o222).toBe(0)
  expect(readAnchors([folder], []).faults).toEqual([])
})

test('the letter holds the checkpoint and nothing else', () => {
  const letter = readFileSync(join(outbox, readdirSync(outbox)[0] ?? ''), 'utf8')
  expect(letter).toMatch(/^To: akt@naidis\.example/m)
  expect(letter).toMatch(/^Subject: tugivork\.example\/audit 1\r?$/m)
  const body = letter.slice(letter.search(/\r?\n\r?\n/))
  const text = decodeURIComponent(body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, '%$1'))
  expect(text.replaceAll('\r\n', '\n').trim()).toBe(posted[0]?.trim())
  expect(read(text)?.size).toBe(1)
})

test('nothing new is signed before five minutes, or a thousand events; with nothing new a sign of life after thirty', async () => {
  await openAccount.run(cast.lou, {})
  expect(await takeCheckpoint(cast.sys)).toBe(false)
  after(6)
  expect(await takeCheckpoint(cast.sys)).toBe(true)
  after(20)
  expect(await takeCheckpoint(cast.sys)).toBe(false)
  after(37)
  expect(await takeCheckpoint(cast.sys)).toBe(true)
  await cast.admin.query(
    `select audit_append('access.exit', null, null, null, null, 'done', '{}', null, null) from generate_series(1, 1000)`,
  )
  expect(await takeCheckpoint(cast.sys)).toBe(true)
  await sendCheckpoints(cast.sys)
  const notes = inFolder().map((name) => readNote(readFileSync(join(folder, name), 'utf8')))
  expect(notes.map((note) => note?.checkpoint.size)).toEqual([1, 2, 2, 1002])
  for (const [at, note] of notes.entries())
    expect(note?.checkpoint.previous ?? null).toBe(at === 0 ? null : hashOf(notes[at - 1]?.body ?? ''))
  // A letter box hears of the newest only.
  expect(readdirSync(outbox)).toHaveLength(2)
})

test('a place that fails is tried again; an hour without it is told to those who answer for the log', async () => {
  broken = true
  after(45)
  await openAccount.run(cast.lou, {})
  await checkpointJob.run(cast.sys)
  expect((await openAuditorHome.run(cast.aino, {})).log).toEqual({ astray: null, late: [], few: [] })
  after(110)
  await checkpointJob.run(cast.sys)
  const { log } = await openAdminHome.run(cast.ott, {})
  expect(log.late.map(({ place }) => place.replace(/:\d+/, ''))).toEqual([
    'http://127.0.0.1/store/',
    'http://127.0.0.1/told',
  ])
  const { rows } = await cast.admin.query(
    `select attempts, problem from audit_delivery where delivered_at is null and place like '%/told' order by number`,
  )
  expect(rows).toEqual([{ attempts: 2, problem: 'HTTP 500' }])
  broken = false
  await sendCheckpoints(cast.sys)
  expect((await openAuditorHome.run(cast.aino, {})).log.late).toEqual([])
  expect(stored.size).toBe(inFolder().length)
})

test('two folders on one disk are one holder, and those who answer for the log are told', async () => {
  const link = join(mkdtempSync(join(tmpdir(), 'tugivork-link-')), 'other')
  symlinkSync(folder, link)
  for (const second of [`${folder}-2`, link, `${folder}/`]) {
    const places = readAnchorPlaces(`file:${folder} file:${second}`) ?? []
    const given = { origin: 'https://tugivork.example', places, signer }
    useAnchors(given)
    expect((await openAdminHome.run(cast.ott, {})).log.few).toEqual([`file:${folder}`, `file:${second}`])
    useAnchors({ ...given, holders: 0 })
    expect((await openAuditorHome.run(cast.aino, {})).log.few).toEqual([])
  }
  useAnchors({ origin: 'https://tugivork.example', places: kept, signer })
  expect((await openAdminHome.run(cast.ott, {})).log.few).toEqual([])
})

test('what has already arrived is no failure; another text under its name is, and is not written over', async () => {
  await cast.admin.query('delete from audit_delivery where number = (select max(number) from audit_delivery)')
  expect(await sendCheckpoints(cast.sys)).toBe(4)
  after(200)
  await takeCheckpoint(cast.sys)
  const next = `checkpoint-${String(inFolder().length + 1).padStart(9, '0')}.txt`
  writeFileSync(join(folder, next), 'something else')
  await sendCheckpoints(cast.sys)
  expect(readFileSync(join(folder, next), 'utf8')).toBe('something else')
  const { rows } = await cast.admin.query(`select problem from audit_delivery where problem is not null`)
  expect(rows).toEqual([{ problem: 'another text is there under this name' }])
})

test('nobody but the process makes or sends a checkpoint, and none is ever changed', async () => {
  const add = `insert into audit_checkpoint (number, size, head, note) values (99, 1, '\\x00', 'x')`
  for (const who of [cast.aino, cast.ott, cast.kim, cast.lea]) {
    await cast.admin.query(`begin; set local role tugivork_write; set local app.claim = '${who.claim}'`)
    await expect(cast.admin.query(add)).rejects.toThrow(/row-level security/)
    await cast.admin.query('rollback')
  }
  for (const change of [`update audit_checkpoint set note = 'x'`, 'delete from audit_checkpoint']) {
    await cast.admin.query(`begin; set local role tugivork_write; set local app.claim = '${cast.sys.claim}'`)
    await expect(cast.admin.query(change)).rejects.toThrow(/permission denied/)
    await cast.admin.query('rollback')
  }
  const seen = await asPerson('read', cast.kim.claim, (db) => db.selectFrom('auditCheckpoint').selectAll().execute())
  expect(seen).toEqual([])
})

test('a log that does not follow from its last checkpoint is not signed, and the auditor is told which event', async () => {
  after(300)
  await openAccount.run(cast.lou, {})
  await cast.admin.query('alter table audit_event disable trigger all')
  const last = await cast.admin.query('select max(seq)::int as seq from audit_event')
  await cast.admin.query(`update audit_event set action = 'nothing' where seq = $1`, [last.rows[0].seq])
  expect(await takeCheckpoint(cast.sys)).toBe(false)
  expect((await openAuditorHome.run(cast.aino, {})).log.astray).toBe(last.rows[0].seq)
  await cast.admin.query('delete from audit_event where seq > 2')
  expect(await takeCheckpoint(cast.sys)).toBe(false)
})
