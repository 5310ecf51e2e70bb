// Does anything that was told of a case ever leave the house in an e-mail, whatever happens in it? Real work, a real server of mail.
import './draws.ts'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planContact } from '../app/cases/contact/plan.server.ts'
import { openSafeContact, saveSafeContact } from '../app/cases/contact/safe.server.ts'
import { keepAnswers } from '../app/cases/referral/answers.server.ts'
import { refer } from '../app/cases/referral/refer.server.ts'
import { saveAssessment } from '../app/cases/risk/assess.server.ts'
import { instrumentNow } from '../app/cases/risk/assessments.server.ts'
import { standAt, today } from '../app/core/clock.server.ts'
import { asPerson } from '../app/core/db.server.ts'
import { logTo } from '../app/core/log.server.ts'
import { catalogues, locales, translator } from '../app/i18n/i18n.ts'
import { remindOfActions } from '../app/meetings/plan/actions.server.ts'
import { addAction } from '../app/meetings/plan/plan.server.ts'
import { mailKinds, weekLines } from '../app/process/letter.ts'
import { sendMail } from '../app/process/mail.server.ts'
import { weekLetters } from '../app/supervision/week.server.ts'
import { planNext } from '../app/support/next/next.server.ts'
import { logVisit } from '../app/support/visit/visits.server.ts'
import { typed } from './cases.ts'
import { type Cast, openCast } from './cast.ts'
import { seed } from './draws.ts'
import { openPost, readLetter } from './letters.ts'
import { givenMeeting } from './meeting.ts'
import { scale } from './proof/record.ts'
import { givenSupport, usualVisit } from './support.ts'

const origin = 'https://leht.example'
const letters: string[] = []
const lines: string[] = []
let cast: Cast
let close: () => Promise<void>

beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person set locale = 'ru' where id = $1`, [cast.lea.id])
  await cast.admin.query(`update person set locale = 'en' where id = $1`, [cast.sirje.id])
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  logTo((line) => lines.push(line))
  close = await openPost(letters, origin)
})
afterAll(async () => {
  standAt(null)
  await close()
  await cast.close()
})

// A word that stands nowhere else, in every alphabet, with what breaks headers, templates and markup.
const token = fc.string({ unit: fc.constantFrom(...'bcdfghjkmnpqrtvwxz'), minLength: 9, maxLength: 14 })
const around = fc.constantFrom(
  '',
  'õäöüšž ',
  'Юлия ',
  '{words} ',
  '\r\nBcc: keegi@naidis.example\r\n',
  '<b>',
  '"; -- ',
  '%s ',
  '=?utf-8?Q?x?= ',
)
const word = fc.tuple(around, token, around).map(([before, middle, after]) => `${before}${middle}${after}`)
const names = [
  'given',
  'family',
  'former',
  'otherGiven',
  'otherFamily',
  'relation',
  'way',
  'answers',
  'code',
  'never',
  'feared',
] as const
const more = [
  'mayTell',
  'mayNotTell',
  'safety',
  'tasks',
  'why',
  'told',
  'what',
  'result',
  'because',
  'through',
  'kin',
  'threat',
  'kinName',
  'kinWay',
] as const
type Name = (typeof names)[number] | (typeof more)[number]
type Entities = Record<Name, string>
const entities = fc.record(
  Object.fromEntries([...names, ...more].map((name) => [name, word])) as Record<Name, typeof word>,
)

/** A referral with these words in every field, sent as if each page had been answered. */
async function referWith(of: Entities): Promise<string> {
  const journey = randomUUID()
  const answers = {
    ...typed,
    victim: { ...typed.victim, givenName: of.given, familyName: of.family, formerNames: of.former },
    perpetrator: { relation: of.relation, givenName: of.otherGiven, familyName: of.otherFamily },
    children: { ...typed.children, toldWhom: of.told },
    others: { anyAdult: 'yes', relation: of.kin, atRisk: of.threat, givenName: of.kinName, contact: of.kinWay },
    contact: { way: of.way, call: 'safe', mayAnswer: of.answers, codeWord: of.code },
    hours: { workdays: '9–10', never: of.never },
    fear: { feared: of.feared, tellSupport: 'yes', mayTell: of.mayTell, mayNotTell: of.mayNotTell },
    brief: { safetyNote: of.safety, agreedTasks: of.tasks },
    reason: { why: of.why },
  }
  await asPerson('write', cast.mall.claim, (db) => keepAnswers(db, cast.mall, journey, answers))
  return (await refer.run(cast.mall, { journey })).id
}

const because = (of: Entities) => `Näidis-põhjus: ${of.because}`
const against = (of: Entities) => ({ channel: 'through', person: of.through, day: '28.11.2099', because: because(of) })

/** Where mail is caused in every case: it is brought, something is agreed; in some her word changes under what was planned. */
async function everyCase(of: Entities, changed: boolean): Promise<string> {
  const id = await referWith(of)
  const agreed = {
    owner: cast.lea.id,
    dueOn: today(),
    what: of.what,
    result: of.result,
    contact: 'text',
    because: because(of),
  }
  await addAction.run(cast.mall, { id, ...agreed })
  if (!changed) return id
  await planContact.run(cast.lea, { id, channel: 'call', day: '23.11.2099', time: '9.30' })
  const { version } = await openSafeContact.run(cast.mall, { id })
  await saveSafeContact.run(cast.mall, {
    id,
    seen: version,
    text: 'safe',
    never: of.never,
    feared: of.feared,
    mayNotTell: of.mayNotTell,
  })
  return id
}

/** What is dearer, in some of them: help and its visits, worry, risk, and once a meeting with its decisions. */
async function someCases(of: Entities, met: boolean): Promise<string> {
  const changes = {
    victim: { ...typed.victim, givenName: of.given, familyName: of.family },
    brief: { safetyNote: of.safety },
  }
  const { caseId, assignment } = await givenSupport(cast, '2026-01-01', { changes })
  await planContact.run(cast.lea, { id: caseId, ...against(of) })
  await planNext.run(cast.lou, { id: assignment, channel: 'text', day: '28.11.2099', because: because(of) })
  const visit = { ...usualVisit, assignment, day: 'own', otherDay: '22.11.2026', note: of.what, danger: 'yes' }
  await logVisit.run(cast.lou, visit)
  const { questions } = await asPerson('read', cast.mall.claim, instrumentNow)
  const answers = Object.fromEntries(questions.map((question) => [`answers.${question.id}`, 'yes']))
  const judged = { judgedHigh: 'yes', judgementReason: of.why, madeOn: '23.11.2026', withVictim: 'yes', save: 'final' }
  await saveAssessment.run(cast.lea, { id: caseId, ...judged, ...answers })
  if (!met) return caseId
  const said = {
    reason: of.why,
    told: of.told,
    relevance: of.result,
    decision: of.what,
    action: of.tasks,
    sent: of.never,
    ...{ wants: of.feared, fears: of.feared, safer: of.never },
  }
  await givenMeeting(cast, caseId, { ...said, why: of.because, result: of.result })
  return caseId
}

const known = new Set(locales.flatMap((locale) => mailKinds.map((kind) => catalogues[locale][`core.mail.${kind}`])))
const weeks = new Set(locales.map((locale) => catalogues[locale]['core.mail.week']))
const offs = new Set(locales.map((locale) => catalogues[locale]['core.week.off']))

/** What stands between the first sentence and our address: nothing, or once a week how much waits of what. */
function expectNumbersAlone(between: readonly string[]): void {
  const [told = '', off] = between
  expect(offs.has(off)).toBe(true)
  for (const line of told.split('\n')) {
    const count = Number(line.replaceAll(/(?<=\d)[\s,](?=\d)/g, '').match(/\d+/)?.[0])
    const said = locales.flatMap((locale) =>
      weekLines.map((one) => `– ${translator(locale)(`core.week.${one}`, { count })}`),
    )
    expect(said).toContain(line)
  }
}
const subjects = locales.map((locale) => catalogues[locale]['core.mail.subject'] ?? '')

/** Sends all that waits, and looks into each letter. */
async function lookAtLetters(planted: readonly string[]): Promise<number> {
  for (let round = 0; round < 100; round++) if ((await sendMail(cast.sys)) === 0) break
  const sent = letters.splice(0)
  for (const raw of sent) {
    const { head, subject, body } = readLetter(raw)
    // It is one of our sentences and our address, to the letter: so nothing else can be in it.
    const [words = '', ...rest] = body.replaceAll('\r\n', '\n').split('\n\n')
    expect(rest.pop()?.trim()).toBe(origin)
    if (weeks.has(words)) expectNumbersAlone(rest)
    else expect([known.has(words), ...rest], words).toEqual([true])
    expect(head).not.toMatch(/^bcc:/im)
    expect(subjects).toContain(subject)
    for (const one of planted)
      if (raw.includes(one) || body.includes(one)) throw new Error('something that was planted has left')
  }
  return sent.length
}
const tokensOf = (of: Entities) => Object.values(of).flatMap((one) => one.match(/[bcdfghjkmnpqrtvwxz]{9,14}/g) ?? [])
const numbers = async (ids: string[]) =>
  (await cast.admin.query<{ number: string }>('select number from case_file where id = any($1)', [ids])).rows.map(
    (row) => row.number,
  )

// In `npm run proof` a thousand of them.
test('random cases: brought, agreed upon, changed – and no letter knows a word, a number or an id of them', async () => {
  const drawn = fc.sample(entities, { numRuns: scale(300, 1000), seed })
  let sent = 0
  for (let at = 0; at < drawn.length; at += 50) {
    const batch = drawn.slice(at, at + 50)
    const ids: string[] = []
    for (const [nth, of] of batch.entries()) ids.push(await everyCase(of, nth % 10 === 0))
    sent += await lookAtLetters([...batch.flatMap(tokensOf), ...ids, ...(await numbers(ids))])
  }
  expect(sent).toBeGreaterThanOrEqual(scale(600, 2000))
}, 600_000)

test('help, visits, worry, risk, meetings and reminders say as little', async () => {
  const drawn = fc.sample(entities, { numRuns: 20, seed: seed + 1 })
  const ids: string[] = []
  for (const [nth, of] of drawn.entries()) {
    ids.push(await someCases(of, nth === 0))
    await cast.admin.query(`update assignment set status = 'ended', end_on = current_date where status = 'active'`)
  }
  await remindOfActions(cast.sys)
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('weekLetterHour', '2026-01-01', '0', 'Näidis', $1)`,
    [cast.kim.id],
  )
  expect(await weekLetters.run(cast.sys)).toBe(1)
  const sent = await lookAtLetters([...drawn.flatMap(tokensOf), ...ids, ...(await numbers(ids))])
  expect(sent).toBeGreaterThan(100)
  // Nor does the log of the process, which leaves the house as well.
  const log = lines.join('\n')
  for (const one of drawn.flatMap(tokensOf)) expect(log.includes(one)).toBe(false)
}, 300_000)
