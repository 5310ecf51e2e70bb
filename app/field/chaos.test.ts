// Promise: what was written without network arrives once, whatever the network does.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../db/seed/random.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { type Fate, serverOver, storeInMemory } from '../../test/field.ts'
import { record, scale } from '../../test/proof/record.ts'
import { givenSupport } from '../../test/support.ts'
import { createApp } from '../app.tsx'
import { today } from '../core/clock.server.ts'
import { logTo } from '../core/log.server.ts'
import { makeDevice } from './devices.server.ts'
import { type Keep, makeKeep } from './kept/keep.ts'
import { entriesOf, keepEntry } from './kept/outbox.ts'
import { sync } from './kept/sync.ts'

const origin = 'http://localhost:3000'
const seed = Number(process.env.PROOF_SEED ?? 20261127)
const runs = scale(60, 500)
let cast: Cast
let keep: Keep
let assignment: string
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
  assignment = (await givenSupport(cast, '2026-05-01')).assignment
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('looksPerMinute', '2020-01-01', '100000', 'x', $1)`,
    [cast.ott.id],
  )
  keep = await makeKeep(
    storeInMemory(),
    await makeDevice.run(cast.lou, { kind: 'phone' }),
    { pin: '246810' },
    Date.now(),
  )
})
afterAll(() => cast.close())

const fates: Fate[] = ['passes', 'passes', 'passes', 'lost', 'unanswered', 'half', 'torn', 'twice', 'signed-out']
// What holds several entries is cut most, and in the middle.
const sending: Fate[] = ['passes', 'lost', 'unanswered', 'half', 'half', 'torn', 'twice', 'signed-out']
const over = (fate: (path: string) => Fate) =>
  serverOver((request) => app.fetch(request), origin, cast.cookies.lou, fate)

async function write(mark: string, danger: boolean): Promise<void> {
  const values = { assignment, day: today(), way: 'phone', minutes: '15', expense: '1,00', expenseNote: mark }
  const more = danger ? { danger: 'yes' } : {}
  await keepEntry(keep, {
    id: randomUUID(),
    kind: 'visit',
    values: { ...values, ...more },
    madeAt: Date.now(),
    refused: null,
  })
}

test(`${runs} runs over a network that is cut at random: every entry is there once, and nothing waits any more`, async () => {
  const begun = performance.now()
  const random = randomFrom(seed)
  const written: { mark: string; danger: boolean }[] = []
  let [failed, halves] = [0, 0]
  for (let run = 0; run < runs; run++) {
    // Mostly a few; now and then more than go in one request.
    const count = random.chance(0.05) ? 50 : random.whole(1, 5)
    for (let nth = 0; nth < count; nth++) {
      const entry = { mark: `${run}-${nth}`, danger: random.chance(0.1) }
      written.push(entry)
      await write(entry.mark, entry.danger)
    }
    // She opens it again and again; each time some of it gets through.
    for (let time = 0; time < random.whole(1, 4); time++)
      await sync(
        keep,
        over((path) => {
          const sends = path.startsWith('/field/entries/')
          const fate = random.pick(sends ? sending : fates)
          if (sends && fate === 'half') halves++
          return fate
        }),
        { cards: false, now: Date.now() },
      )
    const refused = (await entriesOf(keep)).filter((entry) => entry.refused)
    failed += refused.length
  }
  expect(
    await sync(
      keep,
      over(() => 'passes'),
      { cards: true, now: Date.now() },
    ),
  ).toBe('done')
  expect(await entriesOf(keep)).toEqual([])
  const { rows } = await cast.admin.query<{ mark: string; times: number }>(
    'select expense_note as mark, count(*)::int as times from visit group by 1',
  )
  const times = new Map(rows.map((row) => [row.mark, row.times]))
  failed += written.filter(({ mark }) => times.get(mark) !== 1).length
  record({ promise: 'field', what: `runs with ${written.length} entries`, count: runs, failed, seed }, begun)
  expect(failed).toBe(0)
  expect(rows.length).toBe(written.length)
  // Also where the server fell in the middle of a request that held several.
  expect(halves).toBeGreaterThan(runs / 20)
  const concerns = await cast.admin.query('select id from concern')
  expect(concerns.rowCount).toBe(written.filter(({ danger }) => danger).length)
}, 600_000)
