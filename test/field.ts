// On what does a test try the device: a store in memory, and a network that breaks when the test wants it?
import { serverBy } from '../app/field/kept/server.ts'
import type { Store } from '../app/field/kept/store.ts'

/** As the browser's own store; what goes in is a copy. */
export function storeInMemory(): Store {
  const kept = new Map<string, unknown>()
  return {
    get: async <V>(name: string) => structuredClone(kept.get(name)) as V | undefined,
    put: async (name, value) => void kept.set(name, structuredClone(value)),
    drop: async (name) => void kept.delete(name),
    names: async () => [...kept.keys()].toSorted(),
    wipe: async () => kept.clear(),
  }
}

type Ask = (request: Request) => Response | Promise<Response>
/** What happens to one request: it passes, never arrives, arrives without an answer, arrives twice, or finds nobody signed in. */
export type Fate = 'passes' | 'lost' | 'unanswered' | 'twice' | 'signed-out'

/** The server as a device with this session sees it, over a network of which `fate` decides. */
export function serverOver(ask: Ask, origin: string, cookie: string, fate: (path: string) => Fate = () => 'passes') {
  return serverBy(async (path, how) => {
    const happens = fate(path)
    if (happens === 'lost') throw new TypeError('network')
    const headers = { ...(how.headers as Record<string, string>), origin, 'sec-fetch-site': 'same-origin' }
    const session: Record<string, string> = happens === 'signed-out' ? {} : { cookie: `sid=${cookie}` }
    const send = async () => ask(new Request(`${origin}${path}`, { ...how, headers: { ...headers, ...session } }))
    const [answer] = await Promise.all(happens === 'twice' ? [send(), send()] : [send()])
    if (happens === 'unanswered') throw new TypeError('network')
    return answer as Response
  })
}
