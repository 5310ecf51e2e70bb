// How often is the state of the log signed, and how is it made sure that people outside of the house have it?
import { sql } from 'kysely'
import { now } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { log } from '../../core/log.server.ts'
import type { Person } from '../../core/user.ts'
import { type AnchorPlace, holdersOf } from '../../process/anchor-places.ts'
import type { Job } from '../../process/jobs.server.ts'
import type { SignerKey } from '../../process/signer.server.ts'
import { bodyOf, hashOf, publicKeyText, signatureOf } from './note.ts'
import { sendTo } from './send.server.ts'

/** `holders`: how many different people must keep the checkpoints; none in a demonstration. */
type Anchoring = { origin: string; places: readonly AnchorPlace[]; signer: SignerKey; holders: number }

let anchoring: Anchoring | null = null

/** Whose log this is, who outside keeps its checkpoints, and the key that signs them. Called once when the process starts. */
export function useAnchors(given: (Omit<Anchoring, 'holders'> & { holders?: number }) | null): void {
  anchoring = given ? { holders: 2, ...given, origin: `${new URL(given.origin).host}/audit` } : null
}

const minute = 60_000
// After so many events or so long whoever rewrites the log can no longer go unseen; with nothing new a sign of life.
const every = { events: 1000, minutes: 5, quietMinutes: 30 }
// A person's letter box is not a store: a letter tells of the newest checkpoint, and half an hour passes between two.
const letterMinutes = 30
export const lateMinutes = 60

type Head = { size: number; head: Buffer; since: Date }
type Last = { number: number; size: number; head: Buffer; note: string; madeAt: Date }

export const checkpointJob: Job = {
  name: 'audit.checkpoint',
  cron: '* * * * *',
  run: async (system) => {
    await takeCheckpoint(system)
    return sendCheckpoints(system)
  },
}

/** Signs how the log stands, where it is time; true where it did. Never signs what does not follow from the last checkpoint. */
export async function takeCheckpoint(system: Person): Promise<boolean> {
  if (!anchoring) return false
  const { origin, signer } = anchoring
  return asPerson('write', system.claim, async (db) => {
    const [head, last] = [await headOf(db), await lastOf(db)]
    if (!head || !isDue(head, last)) return false
    const astray = await astraySince(db, last)
    if (astray !== null) {
      log('audit-astray', { seq: astray })
      return false
    }
    const body = bodyOf({
      origin,
      size: head.size,
      head: head.head.toString('hex'),
      time: now().toISOString(),
      previous: last ? hashOf(last.note.slice(0, last.note.indexOf('\n\n') + 1)) : null,
    })
    const note = `${body}\n${signatureOf(body, signer.name, signer.key)}`
    // Of two processes that do it at once one is first.
    const made = await db
      .insertInto('auditCheckpoint')
      .values({ number: (last?.number ?? 0) + 1, size: head.size, head: head.head, note, madeAt: now() })
      .onConflict((clash) => clash.column('number').doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  })
}

function isDue(head: Head, last: Last | undefined): boolean {
  if (!last) return true
  const fresh = head.size - last.size
  const passed = (now().getTime() - last.madeAt.getTime()) / minute
  return fresh >= every.events || (fresh !== 0 && passed >= every.minutes) || passed >= every.quietMinutes
}

async function headOf(db: Db): Promise<Head | undefined> {
  const { rows } = await sql<Head>`select * from audit_head()`.execute(db)
  return rows[0]
}

async function lastOf(db: Db): Promise<Last | undefined> {
  return db.selectFrom('auditCheckpoint').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()
}

async function astraySince(db: Db, last: Last | undefined): Promise<number | null> {
  // The whole of a long log takes longer than a request may; before the first checkpoint it is for `npm run audit:verify`.
  if (!last) return null
  const { rows } = await sql<{ seq: number | null }>`
    select audit_astray(${last.size}::bigint, ${last.head}::bytea) as seq`.execute(db)
  return rows[0]?.seq ?? null
}

/** Sends what each place does not have yet, the oldest first; what fails is tried again at the next round. Returns how many arrived. */
export async function sendCheckpoints(system: Person): Promise<number> {
  if (!anchoring) return 0
  const { places, signer } = anchoring
  const key = publicKeyText(signer.name, signer.key)
  const sent = await Promise.all(places.map((place) => catchUp(system, place, key)))
  return sent.reduce((sum, count) => sum + count, 0)
}

async function catchUp(system: Person, place: AnchorPlace, publicKey: string): Promise<number> {
  const waiting = await asPerson('read', system.claim, (db) => waitingFor(db, place))
  let arrived = 0
  for (const { number, note } of waiting) {
    const problem = await sendTo(place, { number, note, publicKey })
    await asPerson('write', system.claim, (db) => record(db, place.name, number, problem))
    if (problem) {
      log('anchor-failed', { job: `${checkpointJob.name} ${place.kind}`, count: number })
      break
    }
    arrived++
  }
  return arrived
}

type Waiting = { number: number; note: string }

// A place that is new to us begins with the newest; a letter box gets the newest only, and not too often.
async function waitingFor(db: Db, place: AnchorPlace): Promise<Waiting[]> {
  const had = await lastDelivery(db, place.name)
  if (place.kind === 'mail' && had && now().getTime() - had.at.getTime() < letterMinutes * minute) return []
  const newest = place.kind === 'mail' || !had
  return db
    .selectFrom('auditCheckpoint')
    .select(['number', 'note'])
    .where('number', '>', had?.number ?? 0)
    .orderBy('number', newest ? 'desc' : 'asc')
    .limit(newest ? 1 : 50)
    .execute()
}

async function lastDelivery(db: Db, place: string): Promise<{ number: number; at: Date } | undefined> {
  const row = await db
    .selectFrom('auditDelivery')
    .select(['number', 'deliveredAt'])
    .where('place', '=', place)
    .where('deliveredAt', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.deliveredAt ? { number: row.number, at: row.deliveredAt } : undefined
}

async function record(db: Db, place: string, number: number, problem: string | null): Promise<void> {
  const told = { triedAt: now(), deliveredAt: problem ? null : now(), problem }
  await db
    .insertInto('auditDelivery')
    .values({ place, number, ...told })
    .onConflict((clash) =>
      clash
        .columns(['place', 'number'])
        .doUpdateSet((row) => ({ ...told, attempts: row('auditDelivery.attempts', '+', 1) })),
    )
    .execute()
}

/** `few`: the places that count as one holder, where there are fewer holders than there must be. */
export type LogWatch = { astray: number | null; late: { place: string; since: Date }[]; few: string[] }

/** What those who answer for the log must know: it no longer follows from its checkpoints, a place has heard nothing for an hour, or one holder has them all. */
export async function watchOfLog(db: Db): Promise<LogWatch> {
  const [head, last] = [await headOf(db), await lastOf(db)]
  const astray = await astraySince(db, last)
  const late: LogWatch['late'] = []
  for (const place of anchoring?.places ?? []) {
    const since = (await lastDelivery(db, place.name))?.at ?? head?.since
    if (since && now().getTime() - since.getTime() > lateMinutes * minute) late.push({ place: place.name, since })
  }
  return { astray, late, few: tooFew() }
}

// Asked each time: a disk may have been taken away since the process began.
function tooFew(): string[] {
  if (!anchoring) return []
  const { places, holders } = anchoring
  return holdersOf(places).count < holders ? places.map((place) => place.name) : []
}
