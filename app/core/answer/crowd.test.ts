// Is whoever finds no room helped at once and in their language, at no cost to those who are in – and is nobody held up who must get away?
import { createServer, type IncomingMessage, request as send } from 'node:http'
import { type AddressInfo, type Socket, createServer as silent } from 'node:net'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll as before, expect, test } from 'vitest'
import { createApp } from '../../app.tsx'
import { connect, disconnect, isCrowded, recognise } from '../db.server.ts'
import { logTo } from '../log.server.ts'
import { beforeAll, crowdAnswers } from './crowd.server.tsx'

const origin = 'http://localhost:3000'
const app = createApp({ origin, secure: true, demo: false })
// A database that lets everybody in and says nothing: all who ask it wait, as in a crowd.
const calls = new Set<Socket>()
const database = silent((call) => calls.add(call.on('error', () => undefined)))
const lines: string[] = []
let calm: Response
let waiting: Promise<unknown>

before(async () => {
  logTo((line) => lines.push(line))
  calm = await app.request(`${origin}/robots.txt`)
  await new Promise<void>((done) => database.listen(0, '127.0.0.1', done))
  const url = `postgres://nobody@127.0.0.1:${(database.address() as AddressInfo).port}/none`
  connect({ readUrl: url, writeUrl: url, doorUrl: url }, 1)
  const asked = Array.from({ length: 24 }, () => recognise('read', 'x'.repeat(43)))
  waiting = Promise.allSettled(asked)
  expect(isCrowded()).toBe(true)
})
afterAll(async () => {
  database.close()
  for (const call of calls) call.destroy()
  await waiting
  expect(isCrowded()).toBe(false)
  await disconnect()
})

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(`${origin}${path}`, { method, headers })

test('a balancer is not told that the process is gone', async () => {
  const answer = await ask('/health')
  expect([answer.status, await answer.text()]).toEqual([200, 'crowded'])
})

test.each<[string, Record<string, string>, RegExp]>([
  ['et', {}, /Praegu küsitakse rohkem/],
  ['ru', { cookie: 'said=x; lang=ru' }, /Сейчас запросов больше/],
  ['en', { 'accept-language': 'de, en-GB;q=0.8, et;q=0.5' }, /More people are asking/],
])('the help is there in %s, whoever asks and whatever for', async (locale, headers, words) => {
  for (const [path, method] of [
    ['/cases', 'GET'],
    ['/sign-in', 'POST'],
    ['/no-such-page', 'GET'],
  ] as const) {
    const answer = await ask(
      path,
      { ...headers, accept: 'text/html,*/*', cookie: `${headers.cookie ?? ''}; sid=${'x'.repeat(43)}` },
      method,
    )
    expect([answer.status, answer.headers.get('retry-after')], path).toEqual([503, '30'])
    const text = await answer.text()
    expect(text).toMatch(words)
    expect(text).toContain(`lang="${locale}"`)
    expect(text).toMatch(/href="tel:112"[\s\S]*href="tel:116006"/)
    // The same bytes for everybody: nothing of a session, a form or a moment.
    expect(text).not.toMatch(/<script|<form|nonce=/)
  }
})

test('it carries the guards of every other answer', async () => {
  const { headers } = await ask('/cases')
  // In a crowd nobody is asked to send reports besides.
  const own = ['content-type', 'content-length', 'content-security-policy', 'reporting-endpoints', 'vary']
  for (const [name, value] of calm.headers)
    if (!own.includes(name)) expect([name, headers.get(name)]).toEqual([name, value])
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/)
  expect(headers.get('content-security-policy')).not.toContain('script-src')
})

test('a script gets what it can read, or nothing; a page may travel packed', async () => {
  const json = await ask('/drafts', { accept: 'application/json' }, 'POST')
  expect(await json.json()).toEqual({ error: expect.stringContaining('poole minuti'), retryAfter: 30 })
  const none = await ask('/drafts', { accept: '*/*', 'sec-fetch-dest': 'empty' }, 'POST')
  expect([none.status, none.headers.get('retry-after'), await none.text()]).toEqual([503, '30', ''])
  const head = await ask('/cases', {}, 'HEAD')
  expect([head.status, Number(head.headers.get('content-length')) > 1000, await head.text()]).toEqual([503, true, ''])
  const small = await ask('/cases', { 'accept-encoding': 'gzip, br' })
  const bytes = Buffer.from(await small.arrayBuffer())
  expect(brotliDecompressSync(bytes).toString()).toContain('tel:112')
  expect(bytes.length).toBe(Number(small.headers.get('content-length')))
})

test('whoever must get away is led away at once, and the browser forgets', async () => {
  const answer = await ask('/exit', { cookie: `__Host-sid=${'x'.repeat(43)}`, 'sec-fetch-site': 'same-origin' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://www.ilmateenistus.ee/'])
  expect(answer.headers.get('clear-site-data')).toContain('"storage"')
  expect(answer.headers.get('set-cookie')).toMatch(/__Host-sid=;/)
  expect((await ask('/assets/none.css')).status).toBe(404)
})

test('an upload that finds no room is taken in to its end, so that the help is read; nothing else was asked', async () => {
  let asked = 0
  const server = createServer(beforeAll(crowdAnswers({ secure: true, demo: false }), () => asked++))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const before = lines.length
  const upload = send({ port, path: '/safekeeping', method: 'POST', headers: { 'content-length': 8 * 2 ** 20 } })
  const answered = new Promise<IncomingMessage>((done, fail) => upload.on('response', done).on('error', fail))
  // A phone on a slow network: the answer is there long before the last piece has left.
  for (let part = 0; part < 8; part++) {
    upload.write(Buffer.alloc(2 ** 20))
    await new Promise((done) => setTimeout(done, 100))
  }
  upload.end()
  const answer = await answered
  let text = ''
  for await (const part of answer) text += String(part)
  expect([answer.statusCode, answer.headers['retry-after'], asked]).toEqual([503, '30', 0])
  expect(text).toContain('tel:116006')
  await new Promise((done) => server.close(done))
  // Many of them are one line of the log.
  await new Promise((done) => setTimeout(done, 300))
  const told = lines.slice(before).map((line) => JSON.parse(line))
  expect(told).toEqual([expect.objectContaining({ event: 'shed', count: expect.any(Number) })])
})
