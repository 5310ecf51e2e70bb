// How many statements does a page send, and does a longer page send more?
import { hot, look, writeVisit } from '../load/people.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { fetchPage, numbersIn } from './same.ts'

const times = 4

/** Counts by pg_stat_statements what the product's own login roles execute for one page, transaction and claims included. */
export async function countStatements(session: Session): Promise<Row[]> {
  const { crowd, product } = session
  const [guest, helper, coordinator] = [crowd.network[0], crowd.volunteers[0], crowd.coordinators[0]]
  if (!guest || !helper || !coordinator) throw new Error('nobody has signed in')
  const [long = '', short = ''] = await longestAndShortest(session)
  // Filtered alike, so that they differ in their length alone.
  const filtered = (number: string) => () => fetchPage(product, look(guest, `/cases?number=${number}&status=all`))
  const [every, five] = ['M-', await rareNumber(session)]
  const lengths = await Promise.all([every, five].map((number) => filtered(number)().then(lengthOf)))
  const counts = {
    list: await countOf(session, () => fetchPage(product, look(guest, '/cases'))),
    full: await countOf(session, filtered(every)),
    few: await countOf(session, filtered(five)),
    log: await countOf(session, () => fetchPage(product, look(guest, `/cases/${long}/timeline`))),
    quiet: await countOf(session, () => fetchPage(product, look(guest, `/cases/${short}/timeline`))),
    file: await countOf(session, () => fetchPage(product, look(guest, `/cases/${long}`))),
    visit: await countOf(session, () => fetchPage(product, writeVisit(helper, product.origin), 303)),
  }
  const count = (name: string, of: keyof typeof counts, goal = 6) =>
    atMost(`${name}: statements`, counts[of], goal, {
      ...{ unit: '', note: 'begin, claims and commit included', steady: 'exactly' },
    })
  const same = (name: string, a: keyof typeof counts, b: keyof typeof counts, note = '') =>
    atMost(`${name}: statements more for a long page than for a short one`, counts[a] - counts[b], 0, {
      ...{ unit: '', note, steady: 'exactly' },
    })
  return [
    count('case list of 50', 'list'),
    count('one case with its log', 'log'),
    count('one case, overview', 'file'),
    count('visit entry', 'visit'),
    same('case list', 'full', 'few', `${lengths.join(' and ')} lines`),
    same('one case with its log', 'log', 'quiet'),
  ]
}

const lengthOf = (html: string) => numbersIn(html).split(',').length

/** The beginning of a number that five of the hot network's cases have, or as near to it as there is. */
async function rareNumber({ place }: Session): Promise<string> {
  const { rows } = await place.admin.query<{ begin: string }>(
    `select left(number, length) as begin from case_file, generate_series(8, 11) length where network_id = (${hot})
     group by 1 order by abs(count(*) - 5), 1 limit 1`,
  )
  return rows[0]?.begin ?? ''
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
