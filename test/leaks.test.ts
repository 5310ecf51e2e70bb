// Does anything told in confidence come out where it must not: pages, titles, addresses, log, e-mail, audit, the rows themselves?
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRoutes } from '../app/access-routes.ts'
import { createApp } from '../app/app.tsx'
import { addPlace } from '../app/cases/identity/places.server.ts'
import { offerSupport } from '../app/cases/need/needs.server.ts'
import { saveSafetyPlan } from '../app/cases/safety/safety-plan.server.ts'
import { today } from '../app/core/clock.server.ts'
import { asPerson } from '../app/core/db.server.ts'
import { logTo } from '../app/core/log.server.ts'
import type { Env } from '../app/core/page.tsx'
import { csrfToken } from '../app/core/session.server.ts'
import { makeDevice } from '../app/field/devices.server.ts'
import { formatDate } from '../app/i18n/format.ts'
import { sendMail, useMail } from '../app/process/mail.server.ts'
import { routes } from '../app/routes.ts'
import { lookAt } from '../app/supervision/sample/looks.server.ts'
import { answerConcern, openConcerns } from '../app/support/concern/concerns.server.ts'
import { logVisit } from '../app/support/visit/visits.server.ts'
import {
  beside,
  canaries,
  inCircle,
  inFound,
  inMeeting,
  inPaper,
  inReach,
  inTalk,
  ofApplicant,
  ofNetwork,
  ofSupport,
  onDevice,
  secret,
  typed,
} from './canary-words.ts'
import { answerPages, referCase } from './cases.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { filled } from './filled.ts'
import { brokenGlass } from './glass.ts'
import { alike } from './links/alike.ts'
import { givenMeeting, ofMeeting } from './meeting.ts'
import { searchedFor } from './outing.ts'
import { givenApplication } from './recruitment.ts'
import { answered, drawnBy, lastDays } from './sample.ts'
import { givenSignedPaper } from './signed.ts'
import { heldTalk } from './supervision.ts'
import { givenSupport, usualVisit } from './support.ts'

const [origin, lines] = ['http://localhost:3000', [] as string[]]
let cast: Cast
let app: Hono<Env>
let ids: Record<string, string>

beforeAll(async () => {
  cast = await openCast()
  logTo((line) => lines.push(line))
  app = createApp({ origin, secure: false, demo: true })
  const of = await givenSupport(cast, '2026-06-01', { changes: typed })
  await addPlace.run(cast.lea, { id: of.caseId, kind: 'address', value: secret.address })
  const gone = { danger: ofSupport.plan, madeWith: 'victim_support', reviewedOn: formatDate(today()) }
  await saveSafetyPlan.run(cast.lea, { id: of.caseId, ...gone, tellSupport: 'yes' })
  const visit = { ...usualVisit, assignment: of.assignment, day: today(), note: ofSupport.note, danger: 'yes' }
  const { id, concernId } = await logVisit.run(cast.lou, visit)
  const { round, drawn } = await drawnBy(cast, cast.sirje, 'own', lastDays(3))
  const entry = drawn[0]?.id ?? ''
  await lookAt.run(cast.sirje, { round, entry, ...answered([1], { 1: inFound }) })
  const [concern] = await asPerson('read', cast.lea.claim, openConcerns)
  await answerConcern.run(cast.lea, { id: concern?.id, answer: ofNetwork.answer })
  const need = await openedNeed()
  const { rows } = await cast.admin.query<{ report: string; proposal: string }>(
    `with report as (insert into month_report (volunteer_id, month, due_on, status) values ($1, '2026-11-01', '2026-12-05', 'submitted') returning id),
       asked as (insert into need (network_id, case_id, number, county_code, language, from_on, months, status, created_by)
         select network_id, case_id, 'x', county_code, language, from_on, months, 'proposed', created_by from need where id = $2 returning *),
       made as (insert into assignment (network_id, case_id, need_id, number, volunteer_id, supervisor_id, chosen_by_solver, load_before, created_by)
         select network_id, case_id, id, number, $1, $3, true, 0, $4 from asked returning id)
     select report.id as report, made.id as proposal from report, made`,
    [cast.volunteer, need, cast.sirje.id, cast.kim.id],
  )
  const found = await cast.admin.query<{ victim: string; adult: string; safe: string; address: string; need: string }>(
    `select (select id from case_person where case_id = $1 and kind = 'victim') as victim, (select id from case_person where case_id = $1 and kind = 'adult') as adult, (select id from need where case_id = $1) as need,
       (select id from case_whereabouts where case_id = $1 and kind = 'safe_contact') as safe,
       (select id from case_whereabouts where case_id = $1 and kind = 'address') as address`,
    [of.caseId],
  )
  ids = {
    ...{ case: of.caseId, assignment: of.assignment, visit: id, concern: concernId ?? '' },
    ...{ ...found.rows[0], ...rows[0], need, journey: await answerPages(cast.lea, typed) },
    ...{ pair: await alike(cast, of.caseId, inCircle.join(' ')), glass: await brokenGlass(cast, of.caseId) },
    ...(await givenMeeting(cast, of.caseId, ofMeeting)),
    ...{ applicant: await givenApplication(cast, ofApplicant), talk: await heldTalk(cast, inTalk) },
    ...{
      paper: await givenSignedPaper(cast, `${inPaper}.pdf`),
      outing: await searchedFor(cast, cast.lou, of.assignment, inReach),
      round,
      entry,
    },
    device: (await makeDevice.run(cast.lou, { kind: 'phone' })).id,
  }
}, 60_000)
afterAll(() => cast.close())

/** A second case of the same person, whose need is open. */
async function openedNeed(): Promise<string> {
  const id = await referCase(cast.lea, typed)
  const wanted = { language: 'ru', wantedSex: 'any', fromOn: '01.12.2026', months: '8' }
  return (await offerSupport.run(cast.lea, { id, offeredOn: '03.11.2026', answer: 'accepted', ...wanted })).need
}

const headersOf = (who: CastName | null): HeadersInit => (who ? { cookie: `sid=${cast.cookies[who]}` } : {})
const actors = [
  null,
  'kim',
  'lou',
  'max',
  'lea',
  'mall',
  'sirje',
  'peep',
  'aino',
  'ott',
  'tiia',
  'jaan',
  'piret',
] as const
const hits = (text: string, words = canaries) => words.filter((word) => text.includes(word))

function mayRead(who: CastName | null, path: string): string[] {
  if (who === 'lea' && path.startsWith('/cases/new/')) return canaries
  if (path.startsWith('/proposals')) return []
  if (path.startsWith('/papers/') && (who === 'kim' || who === 'lou')) return [inPaper]
  if (path.startsWith('/outings/') && ['kim', 'lou', 'sirje'].includes(who ?? '')) return [inReach]
  if (who === 'kim' && path.startsWith('/recruitment')) return Object.values(ofApplicant)
  if (who === 'max' && path.startsWith('/break-glass/')) return Object.values({ ...ofNetwork, ...ofSupport })
  if (who === 'lea' || who === 'mall') return [...Object.values({ ...ofNetwork, ...ofSupport }), ...inMeeting]
  if (who === 'lou' && path.startsWith('/field/')) return onDevice
  if (who === 'lou') return path === '/my-circle' ? inCircle : Object.values(ofSupport)
  if (who === 'sirje') return [...Object.values(ofSupport), ofNetwork.answer, inTalk, inFound]
  return []
}

test('no page of anybody shows what has to be asked for, and no title or address shows anything', async () => {
  const leaks: string[] = []
  const shown = new Set<string>()
  const opened = new Set<string>()
  const pages = [...openRoutes, ...routes].filter(([, page]) => page.get)
  for (const [address] of pages) {
    const path = filled(address, ids, cast)
    // Whoever leaves in a hurry is signed out, and would see nothing afterwards.
    for (const who of address === '/exit' ? [null] : actors) {
      const answer = await app.request(`${origin}${path}`, { headers: headersOf(who) })
      const text = await answer.text()
      if (answer.status === 200) opened.add(address)
      if (answer.status >= 500) leaks.push(`${address} × ${who}: ${answer.status}`)
      const allowed = mayRead(who, path)
      for (const word of hits(text))
        allowed.includes(word) ? shown.add(word) : leaks.push(`${address} × ${who}: ${word}`)
      const around = `${/<title>.*?<\/title>/s.exec(text)?.[0]} ${JSON.stringify([...answer.headers])}`
      for (const word of hits(around)) leaks.push(`${address} × ${who}: ${word} beside the page`)
    }
  }
  expect(leaks).toEqual([])
  expect(opened.size / pages.length).toBeGreaterThan(0.6)
  // The words do stand where they are for: otherwise this test would have seen nothing at all.
  const { given, safety, note, plan } = ofSupport
  const seen = [
    given,
    safety,
    plan,
    ofNetwork.why,
    note,
    inReach,
    ofApplicant.why,
    inTalk,
    inPaper,
    inFound,
    ...inCircle,
    ...inMeeting,
  ]
  for (const word of seen) expect([...shown]).toContain(word)
}, 300_000)

async function send(who: CastName, path: string, values: Record<string, string>) {
  const body = new URLSearchParams({ _csrf: csrfToken(cast[who]), _once: randomUUID(), ...values })
  const answer = await app.request(`${origin}${path}`, { method: 'POST', headers: { ...headersOf(who), origin }, body })
  return { status: answer.status, text: await answer.text(), headers: JSON.stringify([...answer.headers]) }
}

test('a look shows one value to whoever may ask, and to nobody else', async () => {
  const who = `/cases/${ids.case}/reveal/identity/${ids.victim}`
  const where = `/cases/${ids.case}/reveal/whereabouts/${ids.address}`
  const reason = { purpose: 'safety', reason: `${secret.purpose} ohtu arvestades` }
  const identity = await send('lea', who, reason)
  expect(hits(identity.text, Object.values(secret))).toEqual(expect.arrayContaining([secret.family, secret.code]))
  expect(hits(identity.text)).not.toContain(secret.address)
  const adult = await send('kim', `/cases/${ids.case}/reveal/identity/${ids.adult}`, reason)
  expect(hits(adult.text)).toEqual([beside.relation, beside.atRisk, beside.givenName])
  const place = await send('kim', where, reason)
  expect(hits(place.text, [secret.address, secret.way, secret.family])).toEqual([secret.address])
  const contact = await send('lou', `/assignments/${ids.assignment}/look/${ids.safe}`, {})
  expect(hits(contact.text, Object.values(secret))).toEqual([secret.way])
  for (const told of [identity, adult, place, contact]) expect(hits(told.headers)).toEqual([])
  for (const [other, path] of actors.flatMap((one) => [[one, who] as const, [one, where] as const])) {
    if (other === null || other === 'lea' || other === 'mall' || other === 'kim') continue
    const refused = await send(other, path, reason)
    expect([403, 404], `${other} ${path}`).toContain(refused.status)
    // What they have typed themselves may come back to them, and nothing else.
    expect(hits(refused.text.replaceAll(reason.reason, '')), `${other} ${path}`).toEqual([])
  }
  expect((await send('lou', `/assignments/${ids.assignment}/look/${ids.address}`, {})).status).toBe(404)
})

test('neither the log nor an e-mail knows anything of it', async () => {
  const outbox = await mkdtemp(join(tmpdir(), 'tugivork-mail-'))
  useMail({ smtpUrl: null, outbox, sender: 'tugivork@naidis.example', origin })
  expect(await sendMail(cast.sys)).toBeGreaterThan(0)
  const letters = await Promise.all((await readdir(outbox)).map((name) => readFile(join(outbox, name), 'utf8')))
  await rm(outbox, { recursive: true })
  expect(lines.length).toBeGreaterThan(100)
  expect(hits([...lines, ...letters].join('\n'))).toEqual([])
  expect(lines.filter((line) => Object.values(ids).some((id) => id && line.includes(id)))).toEqual([])
  for (const letter of letters) expect(letter).not.toMatch(/M-20\d\d|Näidis-|marac|vägival/i)
})

test('the rows hold none of it in the open, however it is written', async () => {
  const { rows } = await cast.admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const forms = canaries.flatMap((word) => [
    word,
    Buffer.from(word).toString('hex'),
    Buffer.from(word).toString('base64').slice(0, 12),
  ])
  const found: string[] = []
  for (const { name } of rows) {
    const dumped = await cast.admin.query<{ line: string }>(`select row_to_json(t)::text as line from ${name} t`)
    const text = dumped.rows.map((row) => row.line).join('\n')
    for (const word of hits(text, forms)) found.push(`${name}: ${word}`)
  }
  expect(found).toEqual([])
})
