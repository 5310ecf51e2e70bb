// Does the service hold up when two hundred people work in it at the same time, for as long as a meeting lasts?
import { memoryOf } from '../load/cpu.ts'
import type { Ask } from '../load/load.ts'
import { type Crowd, inTurn, look, writeVisit } from '../load/people.ts'
import { simulate } from '../load/users.ts'
import { atLeast, atMost, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'

// Of ten requests seven open a case, two a list, one writes a visit.
function mixOf({ network, cases, volunteers }: Crowd, origin: string): () => Ask {
  const [guest, one, helper] = [inTurn(network), inTurn(cases), inTurn(volunteers)]
  const turn = inTurn(['case', 'case', 'list', 'case', 'case', 'visit', 'case', 'list', 'case', 'case'] as const)
  return () => {
    const what = turn()
    if (what === 'visit') return writeVisit(helper(), origin)
    return look(guest(), what === 'list' ? '/cases' : `/cases/${one()}/timeline`)
  }
}

// So that they ask for some 150 pages a second, ten times what two hundred people at work do.
const pause = 1.3

export async function measureHeld({ crowd, product, place, options, say }: Session): Promise<Row[]> {
  const seconds = options.quick ? 60 : 600
  const people = 200
  const before = memoryOf(product.pid).now
  const views = await countViews(place.admin)
  const samples: number[] = []
  const watch = setInterval(() => samples.push(memoryOf(product.pid).now), 2000)
  const { origin } = product
  const measured = await simulate({ origin, users: people, seconds, pause, next: mixOf(crowd, origin) })
  clearInterval(watch)
  const looked = ((await countViews(place.admin)) - views) / seconds
  say(`held: ${Math.round(measured.perSecond)} requests/s, p95 ${Math.round(measured.p95)} ms`)
  const { 200: shown = 0, 303: done = 0 } = measured.statuses
  const half = samples.length >> 1
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length)
  const note = `${people} people, ${seconds} s, ${Math.round(measured.perSecond)} requests/s`
  return [
    atLeast('load held: audited views/s', looked, 100, { unit: '/s', note }),
    atMost('load held: p95', measured.p95, 300, { unit: 'ms' }),
    told('load held: p99', measured.p99, { unit: 'ms' }),
    atMost('load held: errors', measured.answers - shown - done, 0, {
      unit: '',
      note: JSON.stringify(measured.statuses),
    }),
    atMost(
      'load held: memory, second half against first',
      mean(samples.slice(half)) / mean(samples.slice(0, half)),
      1.1,
      {
        floor: before,
        product: samples.at(-1),
        note: 'MB: before (in the column of the floor) and at the end',
      },
    ),
  ]
}

async function countViews(admin: Session['place']['admin']): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int as count from audit_event where action in ('case.timeline', 'case.list')`,
  )
  return rows[0]?.count ?? 0
}
