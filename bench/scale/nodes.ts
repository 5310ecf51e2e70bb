// Does anybody notice when one of two nodes behind the balancer is killed?
import { Agent } from 'node:http'
import { inTurn, look, writeVisit } from '../load/people.ts'
import { send } from '../load/users.ts'
import { freePort, startProduct } from '../place/process.ts'
import { atMost, notRun, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'
import { balancePages, missing } from './haproxy.ts'

/** Ten readers and five writers for fifteen seconds; after five of them the first node gets SIGKILL and is not brought back. */
export async function measureNodes(session: Session): Promise<Row[]> {
  const title = 'one of two nodes killed'
  const why = missing()
  if (why) return [notRun(title, why)]
  const { place, crowd } = session
  const port = await freePort()
  const env = { TUGIVORK_ORIGIN: `http://127.0.0.1:${port}` }
  const [first, second] = await Promise.all(
    ['a', 'b'].map((name) => startProduct(place, { name: `node-${name}`, env })),
  )
  if (!first || !second) throw new Error('two nodes were asked for')
  const balancer = await balancePages(place.folder, port, [first.port, second.port])
  try {
    const [reader, one, writer] = [inTurn(crowd.network), inTurn(crowd.cases), inTurn(crowd.volunteers)]
    const reads = crew(10, env.TUGIVORK_ORIGIN, () => look(reader(), `/cases/${one()}/timeline`))
    const keys: string[] = []
    const writes = crew(5, env.TUGIVORK_ORIGIN, () => {
      const ask = writeVisit(writer(), env.TUGIVORK_ORIGIN)
      keys.push(new URLSearchParams(ask.body).get('_once') ?? '')
      return ask
    })
    await new Promise((done) => setTimeout(done, 5000))
    await first.kill()
    const [read, wrote] = await Promise.all([reads, writes])
    const effects = await countEffects(session, keys)
    const bad = (statuses: Record<string, number>, fine: string) =>
      Object.entries(statuses).reduce((sum, [status, count]) => sum + (status === fine ? 0 : count), 0)
    return [
      atMost(`${title}: failed reads`, bad(read, '200'), 0, { unit: '', note: JSON.stringify(read) }),
      atMost(`${title}: failed writes`, bad(wrote, '303'), 0, { unit: '', note: JSON.stringify(wrote) }),
      atMost(`${title}: writes lost or doubled`, Math.abs(effects - keys.length), 0, {
        unit: '',
        note: `${effects} visits by ${keys.length} forms`,
      }),
      told(`${title}: requests`, keys.length + Object.values(read).reduce((sum, count) => sum + count, 0), {
        unit: '',
      }),
    ]
  } finally {
    await balancer.stop()
    await first.stop()
    await second.stop()
  }
}

const seconds = 15

async function crew(
  many: number,
  origin: string,
  next: () => ReturnType<typeof look>,
): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {}
  const end = performance.now() + seconds * 1000
  const worker = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (performance.now() < end) {
      const status = await send(origin, next(), agent)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
    agent.destroy()
  }
  await Promise.all(Array.from({ length: many }, worker))
  return statuses
}

/** The visits that came of these forms: each form's result tells its own. */
async function countEffects({ place }: Session, keys: string[]): Promise<number> {
  const { rows } = await place.admin.query<{ count: number }>(
    `select count(*)::int as count from once join visit on visit.id = (once.result ->> 'id')::uuid where once.key = any($1::uuid[])`,
    [keys],
  )
  return rows[0]?.count ?? 0
}
