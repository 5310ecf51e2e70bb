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
    let forms = 0
    const before = await countVisits(session)
    const writes = crew(5, env.TUGIVORK_ORIGIN, () => {
      forms++
      return writeVisit(writer(), env.TUGIVORK_ORIGIN)
    })
    await new Promise((done) => setTimeout(done, 5000))
    await first.kill()
    const [read, wrote] = await Promise.all([reads, writes])
    const effects = (await countVisits(session)) - before
    const bad = (statuses: Record<string, number>, fine: string) =>
      Object.entries(statuses).reduce((sum, [status, count]) => sum + (status === fine ? 0 : count), 0)
    return [
      atMost(`${title}: failed reads`, bad(read, '200'), 0, { unit: '', note: JSON.stringify(read) }),
      atMost(`${title}: failed writes`, bad(wrote, '303'), 0, { unit: '', note: JSON.stringify(wrote) }),
      atMost(`${title}: writes lost or doubled`, Math.abs(effects - forms), 0, {
        unit: '',
        note: `${effects} visits by ${forms} forms`,
      }),
      told(`${title}: requests`, forms + Object.values(read).reduce((sum, count) => sum + count, 0), {
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

const countVisits = async ({ place }: Session): Promise<number> =>
  Number((await place.admin.query<{ count: string }>('select count(*) from visit')).rows[0]?.count)
