// How many statements does a page send, and does a longer page send more?
import { today } from '../../app/core/clock.server.ts'
import { hot, look, writeVisit } from '../load/people.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { fetchPage } from './same.ts'

const times = 4

/** Counts by pg_stat_statements what the product's own login roles execute for one page, transaction and claims included. */
export async function countStatements(session: Session): Promise<Row[]> {
  const { crowd, product } = session
  const [guest, helper, coordinator] = [crowd.network[0], crowd.volunteers[0], crowd.coordinators[0]]
  if (!guest || !helper || !coordinator) throw new Error('nobody has signed in')
  const [long = '', short = ''] = await longestAndShortest(session)
  const few = `/cases?number=${today().slice(0, 4)}-12&status=all`
  const counts = {
    list: await countOf(session, () => fetchPage(product, look(guest, '/cases'))),
    few: await countOf(session, () => fetchPage(product, look(guest, few))),
    log: await countOf(session, () => fetchPage(product, look(guest, `/cases/${long}/timeline`))),
    quiet: await countOf(session, () => fetchPage(product, look(guest, `/cases/${short}/timeline`))),
    file: await countOf(session, () => fetchPage(product, look(guest, `/cases/${long}`))),
    visit: await countOf(session, () => fetchPage(product, writeVisit(helper, product.origin), 303)),
  }
  const count = (name: string, of: keyof typeof counts, goal = 6) =>
    atMost(`${name}: statements`, counts[of], goal, { unit: '', note: 'begin, claims and commit included' })
  const same = (name: string, a: keyof typeof counts, b: keyof typeof counts) =>
    atMost(`${name}: statements more for a long page than for a short one`, counts[a] - counts[b], 0, { unit: '' })
  return [
    count('case list of 50', 'list'),
    count('one case with its log', 'log'),
    count('one case, overview', 'file'),
    count('visit entry', 'visit'),
    same('case list', 'list', 'few'),
    same('one case with its log', 'log', 'quiet'),
  ]
}

async function longestAndShortest({ place }: Session): Promise<string[]> {
  const { rows } = await place.admin.query<{ ids: string[] }>(
    `select array[(array_agg(id order by many desc, id))[1], (array_agg(id order by many, id))[1]] as ids
     from (select c.id, (select count(*) from need_event e where e.case_id = c.id) as many
       from case_file c where c.network_id = (${hot}) order by c.number limit 500) counted`,
  )
  return rows[0]?.ids ?? []
}

// The least of some, for the process has work of its own each minute that nobody asked for.
async function countOf({ place }: Session, fetchOne: () => Promise<unknown>): Promise<number> {
  const { admin } = place
  await fetchOne()
  await tracking(place, 'top')
  const counts: number[] = []
  for (let time = 0; time < times; time++) {
    await admin.query('select meta.pg_stat_statements_reset()')
    await fetchOne()
    const { rows } = await admin.query<{ calls: number }>(
      `select coalesce(sum(calls), 0)::int as calls from meta.pg_stat_statements s join pg_roles r on r.oid = s.userid
       where rolname in ('tugivork_read', 'tugivork_write', 'tugivork_door')`,
    )
    counts.push(rows[0]?.calls ?? 0)
  }
  await tracking(place, 'none')
  return Math.min(...counts)
}

async function tracking({ admin }: Session['place'], what: 'top' | 'none'): Promise<void> {
  await admin.query(`alter system set pg_stat_statements.track = '${what}'`)
  await admin.query('select pg_reload_conf()')
  // Every process of the server reads its settings when it next has nothing to do.
  await new Promise((done) => setTimeout(done, 300))
}
