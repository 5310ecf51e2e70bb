// Does a calendar get the days of its owner and of nobody else, without a word of what they are about, until the link ends?
import fc from 'fast-check'
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { givenSupport } from '../../../test/support.ts'
import { createApp } from '../../app.tsx'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Refused } from '../../core/errors.ts'
import { logTo } from '../../core/log.server.ts'
import type { Env } from '../../core/page.tsx'
import { catalogues, locales, translator } from '../../i18n/i18n.ts'
import { callMeeting } from '../../meetings/calendar/calendar.server.ts'
import { inviteToMeeting } from '../../meetings/calendar/change.server.ts'
import { addAction } from '../../meetings/plan/plan.server.ts'
import { telltale } from '../../process/letter.ts'
import { callOffSession, planSession } from '../../supervision/sessions.server.ts'
import { tellAway } from '../../support/away/away.server.ts'
import { endCalendar, makeCalendar, openCalendar } from './calendars.server.ts'
import { calendarText, escaped, folded } from './ics.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let attacker: Attacker
let app: Hono<Env>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  attacker = await openAttacker(cast, await openWorld(cast))
  app = createApp({ origin, secure: false, demo: true })
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  // Here links are made more often than anybody makes them in a day.
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('keyChangesPerDay', '2020-01-01', '40', 'x', $1)`,
    [cast.ott.id],
  )
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('delete from calendar_feed'))

const read = async (path: string) => {
  const answer = await app.request(`${origin}${path}`)
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}
const linkOf = async (who: CastName, kinds = true) => (await makeCalendar.run(cast[who], { kinds })).path
const summaries = (text: string) => [...text.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, title]) => title).sort()

test('meetings of one’s networks and what one has promised, each as a day and a neutral word', async () => {
  const onDate = addDays(today(), 20)
  const call = { network: cast.networks.ida, mode: 'sitting', onDate, startsAt: '10.00', place: 'Näidismaja' }
  const { id } = await callMeeting.run(cast.lea, call)
  const caseId = await referCase(cast.lea)
  const agreed = {
    owner: cast.mall.id,
    dueOn: addDays(today(), 9),
    contact: 'none',
    what: 'Näidis: tegu',
    result: 'Näidis: tulemus',
  }
  await addAction.run(cast.lea, { id: caseId, ...agreed })
  const [lea, mall, max] = [await linkOf('lea'), await linkOf('mall'), await linkOf('max')]
  const mine = await read(lea)
  expect([mine.status, mine.type]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(mine.text).toContain(`DTSTART;TZID=Europe/Tallinn:${onDate.replaceAll('-', '')}T100000\r\n`)
  expect(summaries(mine.text)).toEqual(['Kohtumine'])
  // A member learns of a meeting with the invitation, as on the pages.
  expect(summaries((await read(mall)).text)).toEqual(['Tähtaeg'])
  await inviteToMeeting.run(cast.lea, { id })
  const text = (await read(mall)).text
  expect(summaries(text)).toEqual(['Kohtumine', 'Tähtaeg'])
  expect(text).not.toMatch(/Näidis|M-20\d\d|marac|vägival|politsei/i)
  expect(summaries((await read(max)).text)).toEqual([])
  // Behind a wall there is no case, and nothing promised in it.
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 day' from case_file where id = $2`,
    [cast.mall.id, caseId],
  )
  expect(summaries((await read(mall)).text)).toEqual(['Kohtumine'])
  await cast.admin.query('delete from wall')
})

test('who does not ask for kinds has one word for all days, and whatever a calendar says tells nobody where it comes from', async () => {
  const link = await linkOf('lea', false)
  const all = await read(link)
  expect(summaries(all.text)).toEqual(['Kokkulepe'])
  expect((await openCalendar.run(cast.lea, {})).feed?.saysKind).toBe(false)
  await cast.admin.query(`update person set locale = 'ru' where id = $1`, [cast.lea.id])
  expect(summaries((await read(link)).text)).toEqual(['Договорённость'])
  await cast.admin.query(`update person set locale = 'et' where id = $1`, [cast.lea.id])
  const changedAt = new Date('2026-11-26T10:00:00Z')
  for (const locale of locales) {
    const words = Object.entries(catalogues[locale]).filter(([key]) => key.startsWith('access.calendar.event.'))
    expect(words).toHaveLength(7)
    const t = translator(locale)
    const days = words.map(([, title], at) => ({ id: `${at}`, on: '2026-12-01', startsAt: null, title, changedAt }))
    expect(calendarText(t('access.calendar.name'), days).replaceAll('\r\n ', '')).not.toMatch(telltale)
    for (const [key, title] of words) expect(title, key).toMatch(/^\p{L}+$/u)
  }
  expect(all.text).not.toMatch(telltale)
})

test('a session of supervision stands in the calendar of who leads it and who comes, at its hour, without a word of it', async () => {
  const day = addDays(today(), 4)
  const { id } = await planSession.run(cast.sirje, {
    kind: 'individual',
    volunteers: [cast.volunteer],
    day,
    time: '14.30',
  })
  for (const who of ['sirje', 'lou'] as const) {
    const { text } = await read(await linkOf(who))
    expect(text).toContain(`DTSTART;TZID=Europe/Tallinn:${day.replaceAll('-', '')}T143000\r\n`)
    expect(summaries(text)).toContain('Vestlus')
    expect(text).not.toMatch(/Näidis|juhend/i)
  }
  for (const who of ['lea', 'kim', 'peep'] as const)
    expect(summaries((await read(await linkOf(who))).text)).not.toContain('Vestlus')
  const link = await linkOf('lou')
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [cast.lou.id])
  expect(summaries((await read(link)).text)).toEqual([])
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.lou.id])
  await callOffSession.run(cast.sirje, { id })
  expect(summaries((await read(link)).text)).toEqual([])
})

test('what a support person has agreed on and when she is away stand in her own calendar, and in nobody else’s', async () => {
  const { caseId, number, assignment } = await givenSupport(cast, addDays(today(), -20))
  const plan = (day: number, more: string) =>
    cast.admin.query(
      `insert into contact_plan (network_id, case_id, assignment_id, channel, on_date, at_minute, recorded_by, withdrawn_at, withdrawn_by)
       values ($1, $2, $3, 'in_person', $4, ${more.startsWith('x') ? 'null, $5, now(), $5' : `${more}, $5, null, null`})`,
      [cast.networks.ida, caseId, assignment, addDays(today(), day), cast.lou.id],
    )
  await plan(3, '990')
  await plan(4, 'x')
  const fromOn = addDays(today(), 8)
  await tellAway.run(cast.lou, { id: cast.volunteer, fromOn, toOn: addDays(fromOn, 2) })
  const link = await linkOf('lou')
  const { text } = await read(link)
  const own = ['Eemal', 'Eemal', 'Eemal', 'Kokkulepe']
  expect(summaries(text)).toEqual(own)
  expect(text).toContain(`DTSTART;TZID=Europe/Tallinn:${addDays(today(), 3).replaceAll('-', '')}T163000\r\n`)
  expect(text).toContain(`DTSTART;VALUE=DATE:${addDays(fromOn, 2).replaceAll('-', '')}\r\n`)
  expect(new Set(text.match(/^UID:.*$/gm)).size).toBe(4)
  expect(text).not.toContain(number)
  for (const who of ['sirje', 'kim', 'lea'] as const)
    expect(summaries((await read(await linkOf(who))).text).filter((title) => own.includes(title ?? ''))).toEqual([])
  // With the support the contacts end.
  await cast.admin.query(`update assignment set status = 'ended', end_on = $2 where id = $1`, [assignment, today()])
  expect(summaries((await read(link)).text)).toEqual(own.slice(0, 3))
  await cast.admin.query('delete from volunteer_away')
})

test('a new link ends the old one, an ended one is like none, and so is that of an account that is shut', async () => {
  const first = await linkOf('lea')
  const second = await linkOf('lea')
  const none = await read(`/calendar/${'x'.repeat(43)}`)
  expect((await read(first)).status).toBe(404)
  expect((await read(first)).text.length).toBe(none.text.length)
  expect((await read(second)).status).toBe(200)
  const shut = await linkOf('jaan')
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.jaan.id])
  expect((await read(shut)).status).toBe(404)
  expect((await openCalendar.run(cast.lea, {})).feed?.readAt).toBeInstanceOf(Date)
  await endCalendar.run(cast.lea, {})
  expect((await read(second)).status).toBe(404)
  await expect(endCalendar.run(cast.lea, {})).rejects.toBeInstanceOf(Conflict)
})

test('a role that has ended takes its days away; the link asks for a fresh proof', async () => {
  const link = await linkOf('lea')
  expect(summaries((await read(link)).text).length).toBeGreaterThan(0)
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [cast.lea.id])
  expect(summaries((await read(link)).text)).toEqual([])
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.lea.id])
  await expect(makeCalendar.run({ ...cast.lea, provedAt: new Date(0) }, {})).rejects.toBeInstanceOf(Refused)
})

describe('with a statement of one’s own', () => {
  const forged: Attack[] = [
    [
      'a link for somebody else',
      'mall',
      `insert into calendar_feed (person_id, token_hash) values (':lea', sha256('x'))`,
    ],
    ['the days of another', 'mall', `select * from calendar_of(':lea')`],
    ['what the door answers', 'mall', `select * from door_calendar(sha256('x'))`],
    ['the end of another’s link', 'mall', `delete from calendar_feed where person_id = ':lea'`],
  ]
  test.each(forged)('nobody gets %s', async (_, who, statement, login) => {
    await linkOf('lea')
    expect([0, '42501']).toContain(await attacker.attempt(who, statement, login))
  })
})

test('2,000 texts: no line is longer than 75 octets, each unfolds to what it was, and no value begins a property', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const value = escaped(text)
      const lines = folded(`SUMMARY:${value}`).split('\r\n')
      expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
      expect(lines.map((line, at) => (at === 0 ? line : line.slice(1))).join('')).toBe(`SUMMARY:${value}`)
      expect(value).not.toMatch(/[\r\n]/)
    }),
    { numRuns: 2000 },
  )
})

test('the calendar is whole: every BEGIN has its END, days and hours are written as the standard wants', () => {
  const changedAt = new Date('2026-11-26T10:00:00Z')
  const text = calendarText('Minu päevad', [
    { id: 'a', on: '2026-12-01', startsAt: '09:30:00', title: 'Kohtumine', changedAt },
    { id: 'b', on: '2026-12-02', startsAt: null, title: 'a;b,c\\d', changedAt },
  ])
  const open: string[] = []
  for (const [, what, name = ''] of text.matchAll(/^(BEGIN|END):(.*)\r$/gm))
    if (what === 'BEGIN') open.push(name)
    else expect(open.pop()).toBe(name)
  expect(open).toEqual([])
  expect(text).toContain('DTSTART;TZID=Europe/Tallinn:20261201T093000\r\nDURATION:PT120M\r\n')
  expect(text).toContain('DTSTART;VALUE=DATE:20261202\r\nSUMMARY:a\\;b\\,c\\\\d\r\n')
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
})
