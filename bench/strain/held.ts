// Does the service hold up when two hundred people work in it at the same time, for as long as a meeting lasts – and beside one who means harm?
import { sizeOf } from '../data/generate.ts'
import { memoryOf } from '../load/cpu.ts'
import { badOf, load } from '../load/load.ts'
import { gather, look } from '../load/people.ts'
import { type Felt, simulate } from '../load/users.ts'
import { openPlace } from '../place/place.ts'
import { startProduct } from '../place/process.ts'
import { atLeast, atMost, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'
import { peopleAtWork } from './mix.ts'

// So that they ask for some 150 pages a second, ten times what two hundred people at work do.
const pause = 1.3
const people = 200

type Held = Pick<Session, 'crowd' | 'product' | 'place' | 'options' | 'say'> & { cases: number }

/** In a country five times as large, as security.md (T23) asks; with --quick in the one that is there. */
export async function measureHeld(session: Session): Promise<Row[]> {
  const { options, say } = session
  if (options.quick) return heldIn({ ...session, cases: sizeOf(options.times).cases })
  const size = sizeOf(options.times * 5)
  const place = await openPlace(size, say)
  try {
    const crowd = await gather(place.admin)
    const product = await startProduct(place, { name: 'held' })
    try {
      return await heldIn({ options, say, place, crowd, product, cases: size.cases })
    } finally {
      await product.stop()
    }
  } finally {
    await place.close()
  }
}

async function heldIn(held: Held): Promise<Row[]> {
  const { crowd, product, place, options, say, cases } = held
  const seconds = options.quick ? 60 : 600
  const offices = peopleAtWork(crowd, product.origin)
  const users = offices.flatMap(({ acts }) => acts)
  const who = offices.map(({ name, acts }) => `${acts.length} ${name}`).join(', ')
  const before = memoryOf(product.pid).now
  const views = await countViews(place.admin)
  const samples: number[] = []
  const watch = setInterval(() => samples.push(memoryOf(product.pid).now), 2000)
  const felt = await simulate({ origin: product.origin, users, seconds, pause })
  clearInterval(watch)
  const looked = ((await countViews(place.admin)) - views) / seconds
  say(`held: ${Math.round(felt.perSecond)} requests/s, p95 ${Math.round(felt.p95)} ms`)
  const half = samples.length >> 1
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length)
  const note = `${cases} cases, ${seconds} s, ${Math.round(felt.perSecond)} requests/s: ${who}`
  const memory = {
    floor: before,
    product: samples.at(-1),
    note: 'MB: before (in the column of the floor) and at the end',
  }
  return [
    atLeast('load held: sessions, each somebody else’s', users.length, people, { unit: '', note: who }),
    atLeast('load held: audited views/s', looked, 100, { unit: '/s', note }),
    atMost('load held: p95', served(felt, felt.p95), 300, { unit: 'ms', product: felt.p95 }),
    atMost('load held: p99', served(felt, felt.p99), 800, { unit: 'ms', product: felt.p99 }),
    atMost('load held: errors', errorsOf(felt), 0, { unit: '', note: JSON.stringify(felt.statuses) }),
    atMost(
      'load held: memory, second half against first',
      mean(samples.slice(half)) / mean(samples.slice(0, half)),
      1.1,
      memory,
    ),
    ...(await measureHostile(held)),
  ]
}

/** Somebody who has signed in and asks as fast as she can over twenty connections; her own limit of looks is the one that the product ships with. */
async function measureHostile({ crowd, product, place, options, say }: Held): Promise<Row[]> {
  const seconds = options.quick ? 20 : 60
  const [hostile] = crowd.network.slice(-1)
  if (!hostile) throw new Error('nobody has signed in')
  const { rows } = await place.admin.query<{ value: number; note: string }>(
    `delete from setting where name = 'looksPerMinute' returning value::text::int as value, note`,
  )
  const users = peopleAtWork(crowd, product.origin).flatMap(({ acts }) => acts)
  const next = () => look(hostile, '/cases')
  // At the pace of people, who stay below that limit.
  const [felt, harm] = await Promise.all([
    simulate({ origin: product.origin, users, seconds, pause: 4 }),
    load({ origin: product.origin, connections: 20, seconds, expect: 200, next }),
  ])
  await place.admin.query(
    `insert into setting (name, valid_from, value, note) select 'looksPerMinute', '2000-01-01', to_jsonb($1::int), $2`,
    [rows[0]?.value ?? 0, rows[0]?.note ?? ''],
  )
  say(`held beside one at full speed: p95 ${Math.round(felt.p95)} ms`)
  const note = `${Math.round(felt.perSecond)} requests/s of the others ${JSON.stringify(felt.statuses)}; hers: ${harm.answers} in ${seconds} s, ${harm.answers - badOf(harm)} shown, ${JSON.stringify(harm.wrong)}`
  return [
    atMost('one at full speed: p95 of the others', served(felt, felt.p95), 500, {
      unit: 'ms',
      product: felt.p95,
      note,
    }),
    told('one at full speed: p99 of the others', felt.p99, { unit: 'ms' }),
  ]
}

/** Whatever is neither a page nor a form that was kept. */
const errorsOf = ({ answers, statuses: { 200: shown = 0, 303: done = 0 } }: Felt): number => answers - shown - done

/** How long somebody waits is no figure where anybody got no page, for a refusal comes quickly; what was felt stands beside it. */
export const served = (felt: Felt, value: number): number =>
  felt.answers > 0 && errorsOf(felt) === 0 ? value : Number.NaN

async function countViews(admin: Session['place']['admin']): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int as count from audit_event where action in ('case.timeline', 'case.list', 'assignment.open')`,
  )
  return rows[0]?.count ?? 0
}
