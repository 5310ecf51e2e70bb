// Does what somebody typed stay words, on every surface: pages, documents, letters – whatever signs it is made of?
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRoutes } from '../app/access-routes.ts'
import { createApp } from '../app/app.tsx'
import { addPlace } from '../app/cases/identity/places.server.ts'
import { recordIncident } from '../app/cases/incident/incidents.server.ts'
import { today } from '../app/core/clock.server.ts'
import { logTo } from '../app/core/log.server.ts'
import type { Env } from '../app/core/page.tsx'
import { keepFilter } from '../app/core/saved/saved-filters.server.ts'
import { csrfToken } from '../app/core/session.server.ts'
import { formatDate } from '../app/i18n/format.ts'
import { translator } from '../app/i18n/i18n.ts'
import { endMeeting } from '../app/meetings/live/live.server.ts'
import { writeMinutes } from '../app/meetings/minutes/minutes.server.ts'
import { fileOf, paperFile } from '../app/papers/made/document.server.ts'
import { makePaper } from '../app/papers/made/papers.server.ts'
import { signPaper } from '../app/papers/signed/signed.server.ts'
import { sendMail, useMail } from '../app/process/mail.server.ts'
import { sendMinutes } from '../app/reports/minutes/send.server.ts'
import { routes } from '../app/routes.ts'
import { logVisit } from '../app/support/visit/visits.server.ts'
import { randomFrom } from '../db/seed/random.ts'
import type { Changes } from './cases.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { contentOf } from './container.ts'
import { alive, hostile, hostileRecipient, line, sayAll, sayOfAnother, sayOfEnd } from './hostile.ts'
import { givenMeeting } from './meeting.ts'
import { type Ids, idsOf, pathOf } from './proof/paths.ts'
import { givenApplication } from './recruitment.ts'
import { container, sent, signatureXml } from './signed.ts'
import { givenSupport, usualVisit } from './support.ts'
import { givenVolunteer } from './volunteers.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: Hono<Env>
let meeting: string
let caseId: string
let paper: string
let [ended, calledOff] = [{ caseId: '', transfer: '' }, '']

const marks = ['kurjus', 'Kurjus']

const typed: Changes = {
  victim: {
    ...{ givenName: line('Kurjusnimi'), familyName: line('Kurjuspere'), formerNames: line('Kurjusendine') },
    ...{ birthYear: '2000', sex: 'F', language: 'ru', interpreter: 'yes' },
  },
  perpetrator: { relation: line('Kurjussuhe'), givenName: line('Kurjustema'), familyName: line('Kurjuskolmas') },
  children: {
    ...{ childCount: '1', birthYears: '2014', told: 'yes', toldOn: '01.11.2026' },
    toldWhom: line('Kurjuslaps'),
  },
  others: {
    ...{
      anyAdult: 'yes',
      relation: line('Kurjusema'),
      atRisk: hostile('Kurjusähvardus'),
      givenName: line('Kurjushelgi'),
    },
    ...{ contact: line('Kurjustelefon'), relation2: line('Kurjusvend'), atRisk2: hostile('Kurjusvennaoht') },
  },
  contact: { way: hostile('Kurjusviis'), call: 'safe', mayAnswer: line('Kurjusvastaja'), codeWord: line('Kurjuskood') },
  hours: { workdays: '10–12', never: line('Kurjuseiole') },
  fear: {
    feared: hostile('Kurjushirm'),
    tellSupport: 'yes',
    mayTell: line('Kurjusõde'),
    mayNotTell: line('Kurjusämm'),
  },
  brief: { safetyNote: hostile('Kurjusohutus'), agreedTasks: hostile('Kurjustöö') },
  reason: { why: hostile('Kurjusmarac') },
}

beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
  const of = await givenSupport(cast, '2026-06-01', { changes: typed })
  caseId = of.caseId
  await addPlace.run(cast.lea, { id: caseId, kind: 'address', value: hostile('Kurjuskoht') })
  const visit = { ...usualVisit, assignment: of.assignment, day: today(), note: hostile('Kurjusmärge') }
  await logVisit.run(cast.lou, visit)
  const happened = { id: caseId, kind: 'threat', on: formatDate(today()), police: 'no' }
  await recordIncident.run(cast.lea, { ...happened, words: hostile('Kurjusoht') })
  await keepFilter.run(cast.lea, { list: 'cases', query: 'risk=high', name: line('Kurjusloend').slice(0, 60) })
  await givenApplication(cast, {
    ...{ name: line('Kurjuskandidaat'), why: hostile('Kurjussoov'), availability: line('Kurjusõhtu') },
  })
  const said = { reason: 'kord', told: 'info', relevance: 'vaja', decision: 'otsus', why: 'miks' }
  const more = { action: 'tegu', result: 'tulem', sent: 'kiri', wants: 'tahe', fears: 'kartus', safer: 'kindel' }
  const words = Object.fromEntries(
    Object.entries({ ...said, ...more }).map(([of, word]) => [of, hostile(`Kurjus${word}`)]),
  )
  meeting = (await givenMeeting(cast, caseId, words as Parameters<typeof givenMeeting>[2])).meeting
  await sayAll(cast, { caseId, meeting })
  ended = await sayOfEnd(cast)
  calledOff = await sayOfAnother(cast, ended.caseId)
  const helper = await givenVolunteer(cast, { name: line('Kurjusabi') })
  paper = (await makePaper.run(cast.kim, { id: helper, template: 'contract', locale: 'ru', validFrom: today() })).paper
  const file = 'Kurjusfail"><img src=x onerror=y>.pdf'
  const inXml = file.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const copy = container([signatureXml({ file: inXml })], [{ name: file, data: 'sisu' }])
  await signPaper.run(cast.kim, { paper, file: sent(copy) })
  await cast.admin.query(`update person set name = $2 where id = $1`, [cast.jaan.id, line('Kurjusisik')])
}, 120_000)
afterAll(() => cast.close())

test('what is looked for is what was typed, unescaped', () => {
  expect(alive(hostile('x'))).toHaveLength(5)
  expect(alive('Näidis &quot;&gt;&lt;img src=x onerror=y&gt;&#39;onx=&#39;]]&gt;')).toEqual([])
})

/** Every page that `who` opens of these things, with what lives there that should not and the words that stand there. */
async function lookAt(who: CastName, ids: Ids, seen: Set<string>, only = /^/): Promise<string[]> {
  const [random, faults] = [randomFrom(4), [] as string[]]
  for (const [address, page] of [...openRoutes, ...routes]) {
    if (!page.get || address === '/exit' || !only.test(address)) continue
    const path = pathOf(address, ids, random)
    const answer = await app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies[who]}` } })
    if (answer.status >= 500) faults.push(`${path} × ${who}: ${answer.status}`)
    for (const [name, value] of answer.headers) if (/urjus/.test(value)) faults.push(`${path} × ${who}: ${name}`)
    if (!/html/.test(answer.headers.get('content-type') ?? '')) continue
    const html = await answer.text()
    for (const sign of alive(html)) faults.push(`${path} × ${who}: ${sign}`)
    for (const [word] of html.matchAll(/Kurjus[\p{L}]+/gu)) seen.add(word)
  }
  return faults
}

test('on no page of anybody does a typed sign become anything but a sign', async () => {
  const [ids, seen, faults] = [await idsOf(cast), new Set<string>(), [] as string[]]
  for (const who of ['lea', 'mall', 'kim', 'lou', 'sirje', 'aino', 'ott', 'peep'] as const)
    faults.push(...(await lookAt(who, ids, seen)))
  expect(faults).toEqual([])
  // Otherwise this test would have looked at nothing.
  const ofOthers = ['Kurjusmärge', 'Kurjuskandidaat', 'Kurjusabi', 'Kurjusfail']
  for (const word of ofOthers) expect([...seen]).toContain(word)
}, 300_000)

test('nor on the pages of one case and its meetings, where all of it stands', async () => {
  const [all, seen, faults] = [await idsOf(cast), new Set<string>(), [] as string[]]
  for (const of of [
    { cases: [caseId], meetings: [meeting] },
    { cases: [ended.caseId], meetings: [calledOff], transfers: [ended.transfer] },
  ])
    for (const who of ['lea', 'mall', 'lou'] as const)
      faults.push(
        ...(await lookAt(who, Object.assign({ ...all }, of), seen, /^\/(cases|meetings|transfers|assignments)\//)),
      )
  expect(faults).toEqual([])
  const said = ['Kurjusmarac', 'Kurjusohutus', 'Kurjusoht', 'Kurjusotsus', 'Kurjustegu', 'Kurjustahe', 'Kurjusülesanne']
  const ofPlan = [
    'Kurjuspõgenemine',
    'Kurjusaeg',
    'Kurjuspeidik',
    'Kurjusvahendaja',
    'Kurjusleppimine',
    'Kurjustulemus',
  ]
  const ofEnd = ['Kurjusedasi', 'Kurjusalus', 'Kurjusmiks', 'Kurjuskeeldumine', 'Kurjuslõpp', 'Kurjustaasavamine']
  const ofOther = [
    'Kurjuspakkumata',
    'Kurjushinnang',
    'Kurjusvaatleja',
    'Kurjuseemaldus',
    'Kurjusärajätmine',
    'Kurjustõend',
  ]
  expect([...said, ...ofPlan, ...ofEnd, ...ofOther].filter((word) => !seen.has(word))).toEqual([])
}, 300_000)

test('a form that comes back with what was typed shows it as words', async () => {
  const post = async (path: string, values: Record<string, string>) => {
    const body = new URLSearchParams({ _csrf: csrfToken(cast.lea), ...values })
    const headers = { cookie: `sid=${cast.cookies.lea}`, origin }
    return (await app.request(`${origin}${path}`, { method: 'POST', headers, body })).text()
  }
  const evil = hostile('Kurjustagasi')
  for (const [path, values] of [
    [`/cases/${caseId}/incident`, { kind: evil, on: evil, police: evil, words: evil }],
    [`/cases/${caseId}/brief`, { givenName: evil, safetyNote: evil, agreedTasks: evil }],
    [`/cases/${caseId}/whereabouts`, { kind: evil, value: evil, adult: evil }],
    [`/cases/${caseId}/adults/new`, { relation: evil, givenName: evil, birthYear: evil, contact: evil }],
    [`/cases/${caseId}/diversity`, { origin: evil, disability: evil, lgbt: evil }],
    [`/meetings/${meeting}/view/${caseId}`, { asked: evil, by: evil, on: evil, wants: evil, why: evil }],
    [`/cases/${caseId}/plan/new`, { what: evil, result: evil, owner: evil, dueOn: evil }],
    ['/filters/keep', { list: 'cases', query: evil, name: evil }],
    ['/sign-in', { email: evil, password: evil }],
  ] as const) {
    const html = await post(path, values)
    expect([path, ...alive(html)]).toEqual([path])
  }
  for (const path of [`/cases?number=${encodeURIComponent(evil)}`, `/volunteers?q=${encodeURIComponent(evil)}`]) {
    const who = path.startsWith('/cases') ? 'lea' : 'kim'
    const answer = await app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies[who]}` } })
    expect([path, ...alive(await answer.text())]).toEqual([path])
  }
})

test('in the minutes, as DOCX and PDF, it is words too, and no link', async () => {
  await endMeeting.run(cast.lea, { id: meeting })
  await writeMinutes.run(cast.lea, { id: meeting, ground: 'private_life' })
  const made = async (form: string) =>
    contentOf(await sendMinutes.run(cast.lea, { id: meeting, form, ...hostileRecipient }))
  const xml = partOf(await made('docx'), 'word/document.xml')
  expect(xml).toContain('Kurjusotsus')
  expect(xml).not.toMatch(/<img|<script/i)
  expect(xml.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
  const pdf = (await made('pdf')).toString('latin1')
  expect(pdf).not.toMatch(/\/(JavaScript|JS|URI|Launch|OpenAction)\b/)
}, 60_000)

test('in a paper, as DOCX and PDF, a name is words: no heading, no blank, no link', async () => {
  const made = async (kind: string) => {
    const found = await paperFile.run(cast.kim, { paper, kind })
    return Buffer.from((await fileOf(found, translator('et'), cast.kim)).body)
  }
  const xml = partOf(await made('docx'), 'word/document.xml')
  expect(xml).toContain('Kurjusabi')
  expect(xml).not.toMatch(/<img|<script/i)
  expect(xml.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
  expect((await made('pdf')).toString('latin1')).not.toMatch(/\/(JavaScript|JS|URI|Launch|OpenAction)\b/)
}, 60_000)

test('no letter says any of it', async () => {
  const outbox = await mkdtemp(join(tmpdir(), 'tugivork-mail-'))
  useMail({ smtpUrl: null, outbox, sender: 'tugivork@naidis.example', origin })
  expect(await sendMail(cast.sys)).toBeGreaterThan(0)
  const letters = await Promise.all((await readdir(outbox)).map((name) => readFile(join(outbox, name), 'utf8')))
  await rm(outbox, { recursive: true })
  expect(letters.filter((letter) => marks.some((mark) => letter.includes(mark)) || /^Bcc:/im.test(letter))).toEqual([])
})

/** One part of a ZIP, by its local headers. */
function partOf(zip: Buffer, name: string): string {
  const at = zip.lastIndexOf(Buffer.concat([Buffer.from(name)]))
  const central = zip.subarray(at - 46)
  const [size, offset] = [central.readUInt32LE(20), central.readUInt32LE(42)]
  const begin = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  const packed = zip.subarray(begin, begin + size)
  return (central.readUInt16LE(10) === 8 ? inflateRawSync(packed) : packed).toString('utf8')
}
