// Do many entries go in few requests, each with an answer of its own, so that one that is not taken holds back no other?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { type Fate, serverOver, storeInMemory } from '../../test/field.ts'
import { givenSupport, type Support } from '../../test/support.ts'
import { createApp } from '../app.tsx'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { logTo } from '../core/log.server.ts'
import { csrfToken } from '../core/session.server.ts'
import { nextMonth } from '../support/report/month-report.ts'
import { makeDevice } from './devices.server.ts'
import { type Keep, makeKeep } from './kept/keep.ts'
import { type Entry, entriesOf, keepEntry, type Values } from './kept/outbox.ts'
import { sync } from './kept/sync.ts'
import { fitting, mostLetters, mostTogether } from './kept/together.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let of: Support
let keep: Keep
let app: ReturnType<typeof createApp>
let asked: string[] = []
let nth = 0
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
  of = await givenSupport(cast, '2026-05-01')
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('looksPerMinute', '2020-01-01', '100000', 'x', $1)`,
    [cast.ott.id],
  )
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from concern; delete from visit; delete from field_entry; delete from field_device')
  await cast.admin.query('delete from month_report_event; delete from month_report')
  const device = await makeDevice.run(cast.lou, { kind: 'phone' })
  keep = await makeKeep(storeInMemory(), device, { pin: '246810' }, Date.now())
  asked = []
})

const over = (fate: (path: string) => Fate = () => 'passes') =>
  serverOver(
    (request) => app.fetch(request),
    origin,
    cast.cookies.lou,
    (path) => {
      asked.push(path)
      return fate(path)
    },
  )
const visit = (more: Values = {}): Values => ({
  assignment: of.assignment,
  day: today(),
  way: 'phone',
  minutes: '15',
  ...more,
})
async function write(values: Values, kind: Entry['kind'] = 'visit'): Promise<void> {
  await keepEntry(keep, { id: randomUUID(), kind, values, madeAt: nth++, refused: null })
}
const send = (server = over(), progress?: (done: number, all: number) => void) =>
  sync(keep, server, { cards: false, now: Date.now(), progress })
const sendings = () => asked.filter((path) => path.startsWith('/field/entries/')).length
const visits = async () => (await cast.admin.query('select id from visit')).rowCount

test('two hundred go in ten requests, and it is told how far it is', async () => {
  for (let one = 0; one < 200; one++) await write(visit())
  const told: string[] = []
  expect(await send(over(), (done, all) => told.push(`${done}/${all}`))).toBe('done')
  expect(await visits()).toBe(200)
  expect(sendings()).toBe(200 / mostTogether)
  expect([told[0], told.at(-1)]).toEqual(['0/200', '200/200'])
  expect(told.length).toBe(1 + 200 / mostTogether)
  expect(await entriesOf(keep)).toEqual([])
}, 60_000)

test('each has an answer of its own: what is not taken comes back in words, in the middle of those that are', async () => {
  await write(visit({ danger: 'yes' }))
  await write(visit())
  await write(visit({ day: addDays(today(), 1) }))
  await write(visit({ assignment: randomUUID() }))
  await write(visit({ minutes: 'x' }))
  await write(visit())
  expect(await send()).toBe('done')
  expect(await visits()).toBe(3)
  const left = await entriesOf(keep)
  expect(left.map(({ refused }) => refused?.again ?? null)).toEqual([{}, null, {}])
  expect(left[0]?.refused?.said).toContain('See päev on alles tulekul.')
  expect(left[1]?.refused?.said).toContain('Ütle oma juhendajale')
  // Danger is not kept waiting by the others: it went before them, by itself.
  expect(sendings()).toBe(2)
})

test('a report goes after the visits that it counts, in one sending', async () => {
  const month = nextMonth(today().slice(0, 7), -1)
  const words = { month, supervisionNeed: 'no', summary: 'Näidis-kokkuvõte', step: 'submit', version: 0 }
  await write({ ...words, contacts: 2, minutesSum: 30, expenseCents: 0 }, 'report')
  for (const day of ['10', '11']) await write(visit({ day: `${month}-${day}` }))
  expect(await send()).toBe('done')
  const { rows } = await cast.admin.query('select figures from month_report')
  expect(rows).toMatchObject([{ figures: { contacts: 2, minutes: 30 } }])
})

test('one that the server has no answer for keeps nobody else waiting, and waits itself', async () => {
  const month = nextMonth(today().slice(0, 7), -1)
  const words = { month, supervisionNeed: 'no', summary: 'Näidis-kokkuvõte', step: 'save', version: 0 }
  await write({ ...words, contacts: 0, minutesSum: 0, expenseCents: 0 }, 'report')
  for (let one = 0; one < 45; one++) {
    const danger = one % 9 === 7 ? { danger: 'yes' } : {}
    await write(visit({ expense: '1', expenseNote: `nr-${one}`, ...danger }))
  }
  // One of them breaks something, every time it is tried: a danger, of those that go before everything else.
  await cast.admin.query(
    `create function breaks() returns trigger language plpgsql as $$ begin raise exception 'broken' using errcode = 'XX000'; end $$;
     create trigger breaks before insert on visit for each row when (new.expense_note = 'nr-7') execute function breaks()`,
  )
  expect(await send()).toBe('away')
  // … but for the report, which counts the visits.
  expect((await entriesOf(keep)).map(({ kind, values }) => values.expenseNote ?? kind)).toEqual(['report', 'nr-7'])
  expect(await visits()).toBe(44)
  await cast.admin.query('drop trigger breaks on visit; drop function breaks')
  expect([await send(), await visits()]).toEqual(['done', 45])
})

test('signed out in the middle, what has come in has come in, and nothing is told to be over', async () => {
  for (let one = 0; one < 5; one++) await write(visit({ expense: '1', expenseNote: `nr-${one}` }))
  await cast.admin.query(
    `create function leaves() returns trigger language plpgsql security definer as $$
     begin update session set ended_at = now(), ended_why = 'sign-out' where person_id = new.recorded_by and ended_at is null; return null; end $$;
     create constraint trigger leaves after insert on visit deferrable initially deferred for each row when (new.expense_note = 'nr-2') execute function leaves()`,
  )
  expect(await send()).toBe('over')
  await cast.admin.query('drop trigger leaves on visit; drop function leaves')
  const left = await entriesOf(keep)
  expect(left.map(({ refused }) => refused)).toEqual(left.map(() => null))
  expect(left.length + Number(await visits())).toBe(5)
  expect(left.length).toBeGreaterThan(0)
  await cast.admin.query('update session set ended_at = null, ended_why = null where person_id = $1', [cast.lou.id])
  expect([await send(), await visits()]).toEqual(['done', 5])
})

test('as many as fit go together: by number, and by how much is written in them', () => {
  const long = { note: 'x'.repeat(mostLetters / 2) }
  expect(fitting(Array.from({ length: 500 }, () => ({})))).toBe(mostTogether)
  expect([fitting([long, long, long]), fitting([{ note: 'x'.repeat(mostLetters * 2) }, {}]), fitting([{}])]).toEqual([
    1, 1, 1,
  ])
})

test('more than fits is refused before any of it is tried, whoever sends it', async () => {
  const post = async (body: object) => {
    const headers = {
      ...{ 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
      ...{ cookie: `sid=${cast.cookies.lou}`, 'x-csrf-token': csrfToken(cast.lou) },
    }
    const path = `${origin}/field/entries/${keep.plain.device}`
    return app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  const one = () => ({ ...visit(), kind: 'visit', entry: randomUUID() })
  const many = Array.from({ length: mostTogether + 1 }, one)
  const large = Array.from({ length: 10 }, () => ({ ...one(), note: 'x'.repeat(mostLetters / 4) }))
  for (const entries of [many, large, [], 'x', [{ ...one(), kind: 'other' }], undefined])
    expect((await post({ entries })).status).toBe(422)
  expect(await visits()).toBe(0)
  // The same name twice in one sending is one entry.
  const twice = one()
  expect(await (await post({ entries: [twice, twice] })).json()).toMatchObject({
    results: [{ body: { taken: true } }, { body: { taken: true } }],
  })
  expect(await visits()).toBe(1)
})
