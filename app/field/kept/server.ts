// How does a device speak with the server, and what can come back?

/** `away`: nobody answered, or not the server (a café's sign-in page); it may or may not have arrived. `over`: nobody is signed in. */
export type Answer = { status: number; body: Record<string, unknown> } | 'away' | 'over'
export type Server = {
  get: (path: string) => Promise<Answer>
  post: (path: string, body: unknown, csrf?: string, wait?: number) => Promise<Answer>
}
type Fetch = (path: string, how: RequestInit) => Promise<Response>

const patience = 15_000

/** `wait`: how long to be patient, where somebody sits before it. */
export function serverBy(fetcher: Fetch): Server {
  const ask = async (path: string, more: RequestInit, wait = patience): Promise<Answer> => {
    const how: RequestInit = { redirect: 'manual', cache: 'no-store', credentials: 'same-origin', ...more }
    try {
      const answer = await fetcher(path, { ...how, signal: AbortSignal.timeout(wait) })
      if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400)) return 'over'
      const told = answer.headers.get('content-type')?.includes('application/json')
      if (!told) return answer.status === 403 ? 'over' : 'away'
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    } catch {
      return 'away'
    }
  }
  return {
    get: (path) => ask(path, {}),
    post: (path, body, csrf = '', wait) => {
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf }
      return ask(path, { method: 'POST', headers, body: JSON.stringify(body) }, wait)
    },
  }
}
