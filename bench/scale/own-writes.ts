// Does whoever has written something read it at once, on another node too, while the standby lags two seconds behind?
import { Agent } from 'node:http'
import { inTurn, look, writeVisit } from '../load/people.ts'
import { send } from '../load/users.ts'
import { connected } from '../place/place.ts'
import { freePort, startProduct } from '../place/process.ts'
import { atLeast, atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { balanceDatabase, balancePages } from './haproxy.ts'
import { type Standby, socketOf } from './standby.ts'

const rounds = 200

/** A visit written, then the list of one's own visits: through a balancer that gives each request to the other one of two nodes. */
export async function measureOwnWrites(session: Session, standby: Standby): Promise<Row[]> {
  const { place, crowd } = session
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const database = await balanceDatabase(place.folder, [socketOf(`${place.folder}/data`), standby.socket])
  const url = new URL(place.adminUrl)
  url.host = `127.0.0.1:${database.port}`
  const options = { env: { TUGIVORK_ORIGIN: origin }, databaseUrl: url.href }
  const nodes = await Promise.all(['own-a', 'own-b'].map((name) => startProduct(place, { ...options, name })))
  const pages = await balancePages(
    place.folder,
    port,
    nodes.map((node) => node.port),
  )
  const behind = await connected(standby.adminUrl)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const next = inTurn(crowd.volunteers)
  const seen = { refused: 0, missing: 0, ahead: 0 }
  try {
    await behind.query(`alter system set recovery_min_apply_delay = '2s'`)
    await behind.query('select pg_reload_conf()')
    for (let round = 0; round < rounds; round++) {
      const guest = next()
      if ((await send(origin, writeVisit(guest, origin), agent)) !== '303') seen.refused++
      const { rows } = await place.admin.query<{ id: string }>(newest, [guest.assignment])
      const { path, headers } = look(guest, '/support/visits')
      const page = await (await fetch(`${origin}${path}`, { headers })).text()
      if (!page.includes(`/support/visits/${rows[0]?.id}`)) seen.missing++
      if ((await behind.query('select 1 from visit where id = $1', [rows[0]?.id])).rowCount) seen.ahead++
    }
    const title = 'read-your-writes with a replay delay of 2 s'
    const late = `of ${rounds} visits ${rounds - seen.ahead} were not yet on the standby when they were read; all is read where it is written (decision 32), so that holds by itself, and this row is for whoever changes that`
    return [
      atMost(`${title}: own visits not seen`, seen.missing + seen.refused, 0, { unit: '', note: late }),
      atLeast(`${title}: the standby was behind`, (rounds - seen.ahead) / rounds, 0.95, { unit: '' }),
    ]
  } finally {
    agent.destroy()
    await behind.query('alter system reset recovery_min_apply_delay')
    await behind.query('select pg_reload_conf()')
    await behind.end()
    await pages.stop()
    for (const node of nodes) await node.stop()
    await database.stop()
  }
}

const newest = 'select id from visit where assignment_id = $1 order by recorded_at desc limit 1'
