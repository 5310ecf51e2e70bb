// Does every field of every form that takes words keep them words – however many forms there will be – on every surface on which they come out?
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCalendar } from '../app/access/calendar/calendars.server.ts'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import type { Operation } from '../app/core/operation.server.ts'
import type { Env } from '../app/core/page.tsx'
import { sendMail, useMail } from '../app/process/mail.server.ts'
import { openCast } from './cast.ts'
import { everyField, filler, living, openFields, typeHostile } from './hostile-forms.ts'
import { left } from './hostile-left.ts'
import { bodyOf } from './proof/matrix/bodies.ts'
import { type Cell, expectedOf } from './proof/matrix/expectations.ts'
import { origin, type Target, targetsOf } from './proof/matrix/matrix.ts'
import { placesOf } from './proof/matrix/places.ts'
import { type MatrixWorld, openMatrixWorld } from './proof/matrix/world/world.ts'
import { unzipped } from './unzip.ts'

let world: MatrixWorld
let app: Hono<Env>
let targets: Target[]
let through: Set<string>
let refused: Set<string>
const faults: string[] = []
const looked: Record<string, number> = {}

beforeAll(async () => {
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
  targets = targetsOf(app)
  const cast = await openCast()
  const heard = typeHostile()
  through = heard.through
  refused = heard.refused
  world = await openMatrixWorld(cast)
}, 300_000)
afterAll(() => world?.cast.close())

/** Those who may ask for it, at most so many, each at another place. */
function cellsOf(target: Target, most: number): Cell[] {
  const places = placesOf(target.address, target.method, world.things)
  const all = world.actors.flatMap((who) => places.map((place): Cell => ({ ...target, who, place })))
  const may = all.filter((cell) => ['may', 'open'].includes(expectedOf(cell)) && cell.place.relation !== 'no name')
  const seen = new Set<string>()
  return may
    .filter(({ who, place }) => !seen.has(`${who.role}${place.path}`) && seen.add(`${who.role}${place.path}`))
    .slice(0, most)
}

const commandOf = (page: Target['page']) => page.operations.at(-1) as Operation

async function ask({ method, page, who, place }: Cell, query = ''): Promise<Response> {
  const headers: Record<string, string> = who.cookie ? { cookie: `sid=${who.cookie}` } : {}
  if (method === 'GET') return app.request(`${origin}${place.path}${query}`, { headers })
  const more = { ...headers, origin, 'sec-fetch-site': 'same-origin' }
  const body = bodyOf(page, who, world.things)
  for (const [field] of openFields(commandOf(page))) if (!body.get(field)) body.set(field, filler)
  return app.request(`${origin}${place.path}`, { method, headers: more, body })
}

const kinds: [kind: string, type: RegExp][] = [
  ['html', /^text\/html/],
  ['docx', /wordprocessingml/],
  ['xlsx', /spreadsheetml/],
  ['pdf', /^application\/pdf/],
  ['ics', /^text\/calendar/],
]

/** What is more than words in an answer, whatever it is made of. */
async function signsIn(kind: string, body: Buffer): Promise<string[]> {
  if (kind === 'docx' || kind === 'xlsx') return signsInParts(await unzipped(body))
  if (kind === 'pdf')
    return [...body.toString('latin1').matchAll(/\/(JavaScript|JS|URI|Launch|OpenAction)\b/g)].map(String)
  const text = body.toString('utf8')
  if (kind === 'html') return living(text).map(String)
  if (kind === 'ics')
    return text
      .replaceAll(/\r\n[ \t]/g, '')
      .split('\r\n')
      .filter((one) => one !== '' && !ofCalendar.test(one))
  return []
}
const ofCalendar =
  /^(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|NAME|X-WR-CALNAME|X-PUBLISHED-TTL|REFRESH-INTERVAL|TZID|TZ\w+|X-LIC-LOCATION|UID|DTSTAMP|DTSTART|DTEND|DURATION|SUMMARY|RRULE|TRANSP|CLASS|SEQUENCE|STATUS|URL|LAST-MODIFIED|CREATED)[;:]/

function signsInParts(parts: Map<string, Buffer>): string[] {
  return [...parts].flatMap(([name, bytes]) => {
    if (!/\.(xml|rels)$/.test(name)) return []
    const xml = bytes.toString('utf8')
    const found = [/<(img|svg|script|i)[ />]/i, /<f[ >]/, /TargetMode="External"/]
      .filter((sign) => sign.test(xml))
      .map(String)
    return [...found, ...(/[<>]/.test(xml.replaceAll(/<[^<>]*>/g, '')) ? ['a loose bracket'] : [])].map(
      (sign) => `${name} ${sign}`,
    )
  })
}

/** Is there a field of it that nobody has tried yet? */
const isLeft = (operation: Operation): boolean =>
  openFields(operation).some(([field]) => !tried(`${operation.name} ${field}`))
const tried = (field: string) => through.has(field) || refused.has(field)

async function judge(name: string, answer: Response): Promise<string> {
  if (answer.status >= 500) faults.push(`${name}: ${answer.status}`)
  for (const [header, value] of answer.headers) if (living(value).length > 0) faults.push(`${name}: ${header}`)
  const type = answer.headers.get('content-type') ?? ''
  const kind = kinds.find(([, at]) => at.test(type))?.[0] ?? 'other'
  const body = Buffer.from(await answer.arrayBuffer())
  looked[kind] = (looked[kind] ?? 0) + 1
  for (const sign of await signsIn(kind, body)) faults.push(`${name}: ${sign}`)
  return kind === 'html' ? body.toString('utf8') : ''
}

// What ends a session, forgets, or shuts somebody out comes when everything else has been sent.
const ends =
  /sign-out|exit|erasures|confirmations|disable|remove|unlink|end$|close|passkeys|password|substitution|logout/

test('every form, sent by somebody who may, comes back or leads on with words that stayed words', async () => {
  const posts = targets.filter(
    ({ method, page }) => method === 'POST' && page.operations.length > 0 && openFields(commandOf(page)).length > 0,
  )
  for (const target of posts.toSorted((a, b) => Number(ends.test(a.address)) - Number(ends.test(b.address))))
    for (const cell of cellsOf(target, 8)) {
      if (!isLeft(commandOf(target.page))) break
      const name = `${cell.method} ${cell.place.path} × ${cell.who.name}`
      const answer = await ask(cell)
      await judge(name, answer)
      const to = answer.headers.get('location')
      if (to?.startsWith('/'))
        await judge(`${name} → ${to}`, await ask({ ...cell, method: 'GET', place: { ...cell.place, path: to } }))
    }
  expect(faults).toEqual([])
}, 600_000)

test('on every page and in every document of everybody what was typed is words, and what is looked for too', async () => {
  for (const target of targets.filter(({ method, address }) => method === 'GET' && address !== '/exit'))
    for (const cell of cellsOf(target, 2)) {
      const page = target.page.operations[0]
      const query = new URLSearchParams(
        page
          ? openFields(page)
              .filter(([field]) => !target.address.includes(`:${field}`))
              .map(([field]) => [field, `"><img src=x onerror=y>`])
          : [],
      )
      const forms = /\/(docx|pdf)$/.test(cell.place.path) ? ['docx', 'pdf', 'xlsx'] : ['']
      for (const form of forms) {
        const path = form ? cell.place.path.replace(/(docx|pdf)$/, form) : cell.place.path
        const at = { ...cell, place: { ...cell.place, path } }
        await judge(`GET ${path} × ${cell.who.name}`, await ask(at))
        if (query.size > 0) await judge(`GET ${path}?${query} × ${cell.who.name}`, await ask(at, `?${query}`))
      }
      if (page) for (const field of query.keys()) through.add(`${page.name} ${field}`)
    }
  for (const who of ['lea', 'mall', 'lou'] as const) {
    const { path } = await makeCalendar.run(world.cast[who], {})
    await judge(`calendar of ${who}`, await app.request(`${origin}${path}`))
  }
  expect(faults).toEqual([])
  // Otherwise a surface would have been left out.
  expect(Object.keys(looked)).toEqual(expect.arrayContaining(['html', 'docx', 'xlsx', 'pdf', 'ics']))
}, 600_000)

test('no letter says any of it, or has a line of its own', async () => {
  const outbox = await mkdtemp(join(tmpdir(), 'tugivork-mail-'))
  useMail({ smtpUrl: null, outbox, sender: 'tugivork@naidis.example', origin })
  expect(await sendMail(world.cast.sys)).toBeGreaterThan(0)
  const letters = await Promise.all((await readdir(outbox)).map((name) => readFile(join(outbox, name), 'utf8')))
  await rm(outbox, { recursive: true })
  expect(letters.filter((letter) => living(letter).length > 0 || /^B?cc:/im.test(letter))).toEqual([])
})

test('there is no field of any form that nobody has tried, or of which it is not said why the walk does not get there', () => {
  const all = everyField()
  expect(all.filter((field) => !tried(field) && !left.has(field))).toEqual([])
  expect([...left].filter((field) => !all.includes(field))).toEqual([])
  expect(all.filter(tried).length / all.length).toBeGreaterThan(0.65)
})
