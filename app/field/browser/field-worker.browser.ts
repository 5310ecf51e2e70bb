// How does the page open where there is no network? This is the worker that hands out what the server has put on the list before it.

// Written before this script by the server: what is kept, and a name for exactly this much of it.
declare const files: readonly string[]
declare const version: string

type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void }
type Fetching = Extendable & { request: Request; respondWith: (answer: Promise<Response>) => void }
const worker = self as unknown as {
  addEventListener: <E>(name: string, listen: (event: E) => void) => void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}

const own = `field-${version}`
const patience = 3_000

// All or nothing: a page without its script would be worse than the one before.
async function install(): Promise<void> {
  const cache = await caches.open(own)
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload', redirect: 'error' })))
  await worker.skipWaiting()
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith('field-') && name !== own) await caches.delete(name)
  await worker.clients.claim()
}

async function kept(request: Request): Promise<Response> {
  return (await (await caches.open(own)).match(request, { ignoreVary: true, ignoreSearch: true })) ?? Response.error()
}

// The network first, so that it is the newest; but nobody waits long for a network that is none.
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) })
    return answer.ok ? answer : await kept(request)
  } catch {
    return kept(request)
  }
}

async function file(request: Request): Promise<Response> {
  const found = await kept(request)
  return found.type === 'error' ? fetch(request) : found
}

worker.addEventListener<Extendable>('install', (event) => event.waitUntil(install()))
worker.addEventListener<Extendable>('activate', (event) => event.waitUntil(activate()))
worker.addEventListener<Fetching>('fetch', (event) => {
  const { pathname } = new URL(event.request.url)
  if (event.request.method !== 'GET' || !files.includes(pathname)) return
  event.respondWith(event.request.mode === 'navigate' ? page(event.request) : file(event.request))
})
