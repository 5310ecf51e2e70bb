// How does everything that was written here reach the server once, and nothing get lost on the way?
import { drop, type Exchange, exchange, get, type Keep, namesOf } from './keep.ts'
import type { Server } from './server.ts'
import { fitting } from './together.ts'

export type Values = Record<string, string | number | boolean | undefined>
/** Why the server did not take it, in its words; `again` is with what it would (nothing where it never will), `theirs` what stands there now. */
export type Refused = { said: string; again: Values | null; theirs: string | null }
export type Entry = {
  /** Made here; under this name the server takes it once. */
  id: string
  kind: 'visit' | 'outing' | 'report'
  values: Values
  madeAt: number
  refused: Refused | null
}

const nameOf = (id: string) => `entry/${id}`
// While the answer to one request is put away the next is on its way.
const lanes = 2

/** Kept before anything else is tried with it; `also` is what must be so from the same moment on. */
export const keepEntry = (keep: Keep, entry: Entry, also: Exchange = {}): Promise<void> =>
  exchange(keep, { ...also, put: [[nameOf(entry.id), entry], ...(also.put ?? [])] })
export const dropEntry = (keep: Keep, ...ids: string[]): Promise<void> => drop(keep.store, ...ids.map(nameOf))

export async function entriesOf(keep: Keep): Promise<Entry[]> {
  const names = await namesOf(keep.store, 'entry/')
  const all = await Promise.all(names.map((name) => get<Entry>(keep, name)))
  return all.filter((entry) => entry !== null).toSorted((a, b) => a.madeAt - b.madeAt)
}

export type Sent = { sent: number; refused: number; stopped: 'away' | 'over' | null }
/** Of how many that waited how many have an answer. */
export type Progress = (done: number, of: number) => void

/** Sends what waits, several in one request: dangers first, then what was pressed on the way as it was pressed, then visits, then the reports that count them. What is not surely there stays. */
export async function sendAll(keep: Keep, server: Server, csrf: string, progress: Progress = () => {}): Promise<Sent> {
  const waiting = (await entriesOf(keep)).filter((entry) => !entry.refused)
  const told: Sent = { sent: 0, refused: 0, stopped: null }
  let behind = false
  progress(0, waiting.length)
  for (const part of inOrder(waiting)) {
    const left = [...part]
    const lane = async () => {
      while (left.length > 0 && !told.stopped && !keep.closed) {
        const batch = left.splice(0, fitting(left))
        const unanswered = await sendTogether(keep, server, csrf, batch, told)
        // Of none of them a word: what the server stumbles over waits by itself, and what is beside it goes on.
        if (unanswered.length === batch.length) behind = true
        else left.push(...unanswered)
        progress(told.sent + told.refused, waiting.length)
      }
    }
    // What was pressed stays in the order in which it was pressed.
    const atOnce = part.some(({ kind }) => kind === 'outing') ? 1 : lanes
    // A report counts the visits, so it waits for all of them.
    if (part[0]?.kind === 'report' && behind) break
    await Promise.all(Array.from({ length: atOnce }, lane))
    if (told.stopped) break
  }
  return { ...told, stopped: told.stopped ?? (behind ? 'away' : null) }
}

function inOrder(waiting: readonly Entry[]): Entry[][] {
  const urgent = (entry: Entry) => entry.kind === 'visit' && Boolean(entry.values.danger)
  return [
    waiting.filter(urgent),
    waiting.filter(({ kind }) => kind === 'outing'),
    waiting.filter((entry) => entry.kind === 'visit' && !urgent(entry)),
    waiting.filter(({ kind }) => kind === 'report'),
  ]
}

type Result = { entry: string; status: number; body: Record<string, unknown> }

/** Each has an answer of its own; those without one are given back. */
async function sendTogether(keep: Keep, server: Server, csrf: string, batch: Entry[], told: Sent): Promise<Entry[]> {
  const entries = batch.map(({ id, kind, values }) => ({ ...values, kind, entry: id }))
  const answer = await server.post(`/field/entries/${keep.plain.device}`, { entries }, csrf)
  if (typeof answer === 'string') told.stopped = answer
  else if (answer.status !== 200) told.stopped = 'away'
  const { results = [], over } = (typeof answer === 'string' ? {} : answer.body) as {
    results?: Result[]
    over?: boolean
  }
  // Signed out while it was sent: what has an answer has come in.
  if (over) told.stopped = 'over'
  const answers = new Map(results.map((one) => [one.entry, read(one)]))
  const taken = batch.filter(({ id }) => answers.get(id) === 'taken')
  await dropEntry(keep, ...taken.map(({ id }) => id))
  told.sent += taken.length
  for (const entry of batch) {
    const refused = answers.get(entry.id)
    if (!refused || refused === 'taken') continue
    await keepEntry(keep, { ...entry, refused })
    told.refused++
  }
  return batch.filter(({ id }) => !answers.get(id))
}

/** Nothing where it says nothing to her: then it is asked again later. */
function read({ status, body }: Result): 'taken' | Refused | null {
  if (body.taken === true) return 'taken'
  if (![200, 404, 409, 422].includes(status) || typeof body.said !== 'string') return null
  return {
    said: body.said,
    // A closed month may be opened again; a support that is over is over.
    again: (body.again ?? (status === 404 ? null : {})) as Values | null,
    theirs: (body.theirs ?? null) as string | null,
  }
}

/** As she decided: sent again with what has changed since, or as she has written it now. */
export const tryAgain = (keep: Keep, entry: Entry, values: Values = {}, also: Exchange = {}): Promise<void> =>
  keepEntry(keep, { ...entry, values: { ...entry.values, ...entry.refused?.again, ...values }, refused: null }, also)
