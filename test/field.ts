// On what does a test try the device: a store in memory, and a network that breaks when the test wants it?
import { serverBy } from '../app/field/kept/server.ts'
import type { Store } from '../app/field/kept/store.ts'

/** As the browser's own store; what goes in is a copy. */
export function storeInMemory(): Store {
  const kept = new Map<string, unknown>()
  return {
    get: async <V>(name: string) => structuredClone(kept.get(name)) as V | undefined,
    put: async (name, value) => void kept.set(name, structuredClone(value)),
    change: async <V>(name: string, make: (now: V | undefined) => V | undefined) => {
      const made = make(structuredClone(kept.get(name)) as V | undefined)
      if (made !== undefined) kept.set(name, structuredClone(made))
      return made
    },
    exchange: async (written, dropped) => {
      for (const [name, value] of written) kept.set(name, structuredClone(value))
      for (const name of dropped) kept.delete(name)
    },
    drop: async (...names) => {
      for (const name of names) kept.delete(name)
    },
    names: async () => [...kept.keys()].toSorted(),
    wipe: async () => kept.clear(),
  }
}

type Ask = (request: Request) => Response | Promise<Response>
/**
 * What happens to one request: it passes, never arrives, arrives without an answer, is taken in half before the server falls, is answered by half
 * an answer, arrives twice, or finds nobody signed in.
 */
export type Fate = 'passes' | 'lost' | 'unanswered' | 'half' | 'torn' | 'twice' | 'signed-out'

/** The first of several entries: those that were taken when the server fell. */
function halfOf(how: RequestInit): RequestInit {
  const sent = typeof how.body === 'string' ? (JSON.parse(how.body) as { entries?: unknown[] }) : {}
  if (!sent.entries || sent.entries.length < 2) return how
  return { ...how, body: JSON.stringify({ entries: sent.entries.slice(0, Math.ceil(sent.entries.length / 2)) }) }
}

/** The server as a device with this session sees it, over a network of which `fate` decides. */
export function serverOver(ask: Ask, origin: string, cookie: string, fate: (path: string) => Fate = () => 'passes') {
  return serverBy(async (path, how) => {
    const happens = fate(path)
    if (happens === 'lost') throw new TypeError('network')
    const headers = { ...(how.headers as Record<string, string>), origin, 'sec-fetch-site': 'same-origin' }
    const session: Record<string, string> = happens === 'signed-out' ? {} : { cookie: `sid=${cookie}` }
    const sent = happens === 'half' ? halfOf(how) : how
    const send = async () => ask(new Request(`${origin}${path}`, { ...sent, headers: { ...headers, ...session } }))
    const [answer] = await Promise.all(happens === 'twice' ? [send(), send()] : [send()])
    if (happens === 'unanswered' || happens === 'half' || !answer) throw new TypeError('network')
    if (happens !== 'torn') return answer
    const text = await answer.text()
    return new Response(text.slice(0, text.length / 2), answer)
  })
}
