// What happens when there is network: may I keep it, send what waits, fetch what is new?
import { changePlain, contacted, get, type Keep, namesOf, type Plain, put, type Rules, readPlain } from './keep.ts'
import { type Progress, sendAll } from './outbox.ts'
import type { Server } from './server.ts'
import type { Store } from './store.ts'

export type Month = {
  month: string
  log: { id: string; number: string; onDate: string; way: string; minutes: number; danger: boolean }[]
  figures: { contacts: number; minutes: number; expenseCents: number }
  version: number
  summary: string | null
  need: string
  open: { status: string; dueOn: string } | null
}
/** From where she is expected back: instants as the server writes them; a drill has no number. */
export type Outing = {
  id: string
  number: string | null
  assignmentId: string | null
  channel: string | null
  beginsAt: string
  untilAt: string
  inAt: string | null
}
export type State = {
  csrf: string
  rules: Rules
  guide: { name: string; phone: string | null } | null
  supports: { id: string; number: string; startOn: string | null }[]
  outings: Outing[]
  months: Month[]
}
export type Card = {
  id: string
  number: string
  startOn: string | null
  language: string | null
  tasks: string | null
  safetyNote: string | null
  contact: string
}
/** `gone`: everything was wiped at the server's word. `none`: no support runs any more, and nothing waits. `foreign`: it is somebody else's device. */
export type Synced = 'done' | 'away' | 'over' | 'gone' | 'none' | 'foreign'

// Somebody stands there with a phone in her hand.
const short = 3_000

/** The question that is asked before anything is opened: it needs neither PIN nor session. */
export async function askStanding(
  store: Store,
  server: Server,
  plain: Plain,
  now: number,
): Promise<'stands' | 'away' | 'gone' | 'none'> {
  const answer = await server.post('/field/stands', { token: plain.token }, '', short)
  if (typeof answer === 'string' || typeof answer.body.stands !== 'boolean') return 'away'
  if (!answer.body.stands) {
    await store.wipe()
    return 'gone'
  }
  const supports = answer.body.supports as string[]
  await contacted(store, supports, now)
  // Her own words stay until she has decided about them.
  const held = (await readPlain(store))?.held
  if (!held || supports.length > 0 || (await namesOf(store, 'entry/')).length > 0) return 'stands'
  await store.wipe()
  return 'none'
}

type How = { cards: boolean; now: number; progress?: Progress }

/** Sends and fetches. `cards` are fetched anew when the store was just opened: each time is a look that the log keeps. */
export async function sync(keep: Keep, server: Server, how: How): Promise<Synced> {
  const standing = await askStanding(keep.store, server, keep.plain, how.now)
  if (standing !== 'stands') return standing
  const first = await fetchState(keep, server)
  if (typeof first === 'string') return first
  const { sent, stopped } = await sendAll(keep, server, first.csrf, how.progress)
  if (stopped === 'over') return stopped
  // Locked meanwhile: what has not gone waits for the next time.
  if (keep.closed) return 'away'
  const state = sent > 0 ? await fetchState(keep, server) : first
  if (typeof state === 'string') return state
  const missing = await fetchCards(keep, server, state, how.cards)
  const { rules } = state
  await changePlain(keep.store, (plain) => ({ ...plain, rules, ...(stopped ? {} : { sentAt: how.now }) }))
  return stopped ?? (missing ? 'away' : 'done')
}

async function fetchState(keep: Keep, server: Server): Promise<State | 'away' | 'over' | 'foreign'> {
  const answer = await server.get(`/field/state/${keep.plain.device}`)
  if (typeof answer === 'string') return answer
  if (answer.status === 404) return 'foreign'
  if (answer.status !== 200) return 'away'
  const state = answer.body as unknown as State
  // The token of the session is of no use to whoever opens the store later.
  await put(keep, 'state', { ...state, csrf: '' })
  return state
}

async function fetchCards(keep: Keep, server: Server, { supports }: State, anew: boolean): Promise<boolean> {
  let missing = false
  for (const { id } of supports) {
    const name = `card/${id}`
    if (!anew && (await get<Card>(keep, name))) continue
    const answer = await server.get(`/field/cards/${keep.plain.device}/${id}`)
    if (typeof answer === 'string' || answer.status !== 200) missing = true
    else await put(keep, name, answer.body)
  }
  return missing
}
