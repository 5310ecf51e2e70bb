// Does anybody notice when one of two nodes behind the balancer is killed, or when both are restarted one after the other?
import { Agent } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { inTurn, look, writeVisit } from '../load/people.ts'
import { send } from '../load/users.ts'
import type { Place } from '../place/place.ts'
import { freePort, type Running, startProduct } from '../place/process.ts'
import { atMost, notRun, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'
import { balancePages, missing } from './haproxy.ts'

/** What becomes of two nodes while people work, and for how many seconds they do. */
type Trial = { title: string; seconds: number; befalls: (nodes: Node[]) => Promise<void> }
type Node = { running: Running; again: () => Promise<void> }

const trials: readonly Trial[] = [
  {
    title: 'one of two nodes killed',
    seconds: 15,
    befalls: async ([first]) => first?.running.kill(),
  },
  {
    title: 'two nodes restarted in turn',
    seconds: 25,
    befalls: async (nodes) => {
      for (const node of nodes) {
        await node.running.stop()
        await node.again()
        // The balancer asks twice a second whether it is back; until then the other one is not let go.
        await setTimeout(1500)
      }
    },
  },
]

/** A node is killed and stays away; and a new release is brought in, one node after the other. */
export async function measureNodes(session: Session): Promise<Row[]> {
  const why = missing()
  if (why) return trials.map(({ title }) => notRun(title, why))
  const rows: Row[] = []
  for (const one of trials) rows.push(...(await during(session, one)))
  return rows
}

/** Ten readers and five writers; after five seconds it befalls the nodes. */
async function during(session: Session, { title, seconds, befalls }: Trial): Promise<Row[]> {
  const { place, crowd } = session
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const nodes = await Promise.all(['a', 'b'].map((name) => openNode(place, { name: `node-${name}`, origin })))
  const ports = nodes.map(({ running }) => running.port)
  const balancer = await balancePages(place.folder, port, ports)
  try {
    const [reader, one, writer] = [inTurn(crowd.network), inTurn(crowd.cases), inTurn(crowd.volunteers)]
    const crew = (many: number, next: () => ReturnType<typeof look>) => work({ many, seconds, origin, next })
    const reads = crew(10, () => look(reader(), `/cases/${one()}/timeline`))
    let forms = 0
    const before = await countVisits(session)
    const writes = crew(5, () => {
      forms++
      return writeVisit(writer(), origin)
    })
    await setTimeout(5000)
    await befalls(nodes)
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
    for (const { running } of nodes) await running.stop()
  }
}

/** One that can be started again at the same port, as its balancer knows it. */
async function openNode(place: Place, { name, origin }: { name: string; origin: string }): Promise<Node> {
  const port = await freePort()
  const begin = () => startProduct(place, { name, port, env: { TUGIVORK_ORIGIN: origin } })
  const node: Node = {
    running: await begin(),
    again: async () => {
      node.running = await begin()
    },
  }
  return node
}

type Crew = { many: number; seconds: number; origin: string; next: () => ReturnType<typeof look> }

/** How often each status was answered; each of the crew asks anew as soon as there was an answer. */
async function work({ many, seconds, origin, next }: Crew): Promise<Record<string, number>> {
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
