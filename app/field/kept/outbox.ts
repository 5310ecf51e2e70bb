// How does everything that was written here reach the server once, and nothing get lost on the way?
import { drop, get, type Keep, namesOf, put } from './keep.ts'
import type { Answer, Server } from './server.ts'

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
// As many as a browser has connections to one server.
const lanes = 6

/** Kept before anything else is tried with it. */
export const keepEntry = (keep: Keep, entry: Entry): Promise<void> => put(keep, nameOf(entry.id), entry)
export const dropEntry = (keep: Keep, id: string): Promise<void> => drop(keep.store, nameOf(id))

export async function entriesOf(keep: Keep): Promise<Entry[]> {
  const names = await namesOf(keep.store, 'entry/')
  const all = await Promise.all(names.map((name) => get<Entry>(keep, name)))
  return all.filter((entry) => entry !== null).toSorted((a, b) => a.madeAt - b.madeAt)
}

export type Sent = { sent: number; refused: number; stopped: 'away' | 'over' | null }

/** Sends what waits: dangers first, then what was pressed on the way as it was pressed, then visits, then the reports that count them. What is not surely there stays. */
export async function sendAll(keep: Keep, server: Server, csrf: string): Promise<Sent> {
  const waiting = (await entriesOf(keep)).filter((entry) => !entry.refused)
  const visits = waiting.filter(({ kind }) => kind === 'visit')
  const urgent = visits.filter(({ values }) => values.danger)
  const others = visits.filter(({ values }) => !values.danger)
  const told: Sent = { sent: 0, refused: 0, stopped: null }
  const reports = waiting.filter(({ kind }) => kind === 'report')
  const pressed = waiting.filter(({ kind }) => kind === 'outing')
  for (const [list, atOnce] of [
    [urgent, lanes],
    [pressed, 1],
    [others, lanes],
    [reports, 1],
  ] as const) {
    const left = [...list]
    const lane = async () => {
      for (let entry = left.shift(); entry && !told.stopped && !keep.closed; entry = left.shift())
        await sendOne(keep, server, csrf, entry, told)
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    if (told.stopped) break
  }
  return told
}

async function sendOne(keep: Keep, server: Server, csrf: string, entry: Entry, told: Sent): Promise<void> {
  const path = `/field/${entry.kind}s/${keep.plain.device}`
  const answer = await server.post(path, { ...entry.values, entry: entry.id }, csrf)
  const outcome = read(answer)
  if (outcome === 'taken') {
    await dropEntry(keep, entry.id)
    told.sent++
  } else if (typeof outcome === 'string') {
    told.stopped = outcome
  } else {
    await keepEntry(keep, { ...entry, refused: outcome })
    told.refused++
  }
}

function read(answer: Answer): 'taken' | 'away' | 'over' | Refused {
  if (typeof answer === 'string') return answer
  const { status, body } = answer
  if (body.taken === true) return 'taken'
  const forHer = [200, 404, 409, 422].includes(status) && typeof body.said === 'string'
  // A busy server is asked again later.
  if (!forHer) return 'away'
  return {
    said: String(body.said),
    // A closed month may be opened again; a support that is over is over.
    again: (body.again ?? (status === 404 ? null : {})) as Values | null,
    theirs: (body.theirs ?? null) as string | null,
  }
}

/** As she decided: sent again with what has changed since, or as she has written it now. */
export const tryAgain = (keep: Keep, entry: Entry, values: Values = {}): Promise<void> =>
  keepEntry(keep, { ...entry, values: { ...entry.values, ...entry.refused?.again, ...values }, refused: null })
