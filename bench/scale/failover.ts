// When the database's server is lost, how long until somebody can write again, and is anything lost that was called saved?
import { Agent } from 'node:http'
import { inTurn, writeVisit } from '../load/people.ts'
import { send } from '../load/users.ts'
import { connected } from '../place/place.ts'
import { startProduct } from '../place/process.ts'
import { atMost, notRun, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'
import { balanceDatabase, missing } from './haproxy.ts'
import { measureOwnWrites } from './own-writes.ts'
import { makeStandby, type Standby, socketOf } from './standby.ts'

/** First what the standby may not be asked yet; then five writers: the first server gets SIGKILL, the standby is promoted, and the app goes on without being started again. */
export async function measureFailover(session: Session): Promise<Row[]> {
  const title = 'database server lost'
  const why = missing()
  if (why) return [notRun(title, why)]
  const { place, say } = session
  const standby = await makeStandby(place)
  try {
    await place.admin.query(`alter system set synchronous_standby_names = 'standby'`)
    await place.admin.query('select pg_reload_conf()')
    await untilFollowing(session)
    say('standby follows')
    const own = await measureOwnWrites(session, standby)
    return [...own, ...(await loseServer(session, standby, title))]
  } finally {
    await standby.stop()
  }
}

async function untilFollowing({ place }: Session): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const { rows } = await place.admin.query(
      `select 1 from pg_stat_replication where sync_state = 'sync' and state = 'streaming'`,
    )
    if (rows.length > 0) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('the standby does not follow')
}

async function loseServer(session: Session, standby: Standby, title: string): Promise<Row[]> {
  const { place, crowd } = session
  const balancer = await balanceDatabase(place.folder, [socketOf(`${place.folder}/data`), standby.socket])
  const url = new URL(place.adminUrl)
  url.host = `127.0.0.1:${balancer.port}`
  const product = await startProduct(place, { name: 'failover', databaseUrl: url.href })
  const saved: { key: string; at: number }[] = []
  const statuses: Record<string, number> = {}
  let writing = true
  const next = inTurn(crowd.volunteers)
  const writer = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (writing) {
      const ask = writeVisit(next(), product.origin)
      const status = await send(product.origin, ask, agent)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (status === '303') saved.push({ key: new URLSearchParams(ask.body).get('_once') ?? '', at: performance.now() })
      else await new Promise((done) => setTimeout(done, 50))
    }
    agent.destroy()
  }
  try {
    const writers = Promise.all(Array.from({ length: 5 }, writer))
    await new Promise((done) => setTimeout(done, 5000))
    const lostAt = performance.now()
    place.admin.on('error', () => undefined)
    process.kill(place.postmaster, 'SIGKILL')
    const promoted = await promote(standby)
    while (!saved.some(({ at }) => at > lostAt + promoted) && performance.now() < lostAt + 60_000)
      await new Promise((done) => setTimeout(done, 50))
    await new Promise((done) => setTimeout(done, 2000))
    writing = false
    await writers
    const again = Math.min(...saved.filter(({ at }) => at > lostAt + promoted).map(({ at }) => at)) - lostAt
    const missing = await countMissing(
      standby,
      saved.map(({ key }) => key),
    )
    const { 303: _, 503: __, ...wrong } = statuses
    const others = Object.values(wrong).reduce((sum, count) => sum + count, 0)
    return [
      atMost(`${title}: writing again`, again / 1000, 15, {
        unit: 's',
        note: `promoted after ${Math.round(promoted)} ms; ${JSON.stringify(statuses)}`,
      }),
      atMost(`${title}: answers other than saved or 503`, others, 0, { unit: '' }),
      atMost(`${title}: acknowledged writes lost`, missing, 0, { unit: '', note: 'with the synchronous standby' }),
      told(`${title}: writes acknowledged`, saved.length, { unit: '' }),
    ]
  } finally {
    writing = false
    await product.stop()
    await balancer.stop()
  }
}

/** As an operator, or a watchman program, would: a moment to be sure that the first one is gone, then the order. */
async function promote({ adminUrl }: Standby): Promise<number> {
  const began = performance.now()
  await new Promise((done) => setTimeout(done, 1000))
  const admin = await connected(adminUrl)
  await admin.query('alter system reset synchronous_standby_names')
  await admin.query('select pg_promote(true, 30)')
  await admin.query('select pg_reload_conf()')
  await admin.end()
  return performance.now() - began
}

async function countMissing({ adminUrl }: Standby, keys: string[]): Promise<number> {
  const admin = await connected(adminUrl)
  const { rows } = await admin.query<{ count: number }>(
    'select count(*)::int as count from once where key = any($1::uuid[])',
    [keys],
  )
  await admin.end()
  return keys.length - (rows[0]?.count ?? 0)
}
