// Promise: whatever the owner of the database does to the log, the check finds it with what outsiders kept – and never cries wolf.
import { generateKeyPairSync } from 'node:crypto'
import type { Client } from 'pg'
import { type Anchors, judgeNotes } from '../../app/audit/checkpoint/anchors.ts'
import { bodyOf, hashOf, publicKeyText, readPublicKey, signatureOf } from '../../app/audit/checkpoint/note.ts'
import { checkLog, checkWithin } from '../../db/audit-chain.ts'
import { type Random, randomFrom } from '../../db/seed/random.ts'
import type { Cast } from '../cast.ts'
import { alterations, every, type Kept, nameOf, type Row, type Trial } from './tampering.ts'

export type Tampered = {
  seed: number
  rounds: number
  found: number
  /** Of those found: the first bad event was named, for a rewrite the stretch between two checkpoints that holds it, or each checkpoint that is false. */
  named: number
  byKind: Record<string, number>
  rowsTouched: number
  missed: string[]
  misnamed: string[]
}

// Many short logs rather than a long one: the same number of rows is tampered with, and each check is quick.
const events = 240
const roundsEach = 400

/** A log of `events` events of every shape with a signed checkpoint after each fortieth, and some more that no outsider knows of yet. */
async function writeLog(cast: Cast, random: Random): Promise<Kept> {
  const actors = [cast.kim, cast.lea, cast.lou, cast.max, null]
  const kept = newKept()
  for (let size = every; size <= events; size += every) {
    await append(cast, random.pick(actors)?.claim, random, every)
    await keep(cast.admin, kept)
  }
  await append(cast, cast.aino.claim, random, 20)
  return kept
}

function newKept(): Kept {
  const key = generateKeyPairSync('ed25519').privateKey
  return { name: 'signer-test', key, publicKey: publicKeyText('signer-test', key), texts: [] }
}

const append = (cast: Cast, claim: string | undefined, random: Random, count: number) =>
  cast.admin.query(
    `begin; ${claim ? `set local app.claim = '${claim}';` : ''}
     select setseed(${random.next()});
     select count(audit_append(
       (array['case.open', 'case.list', 'case.reveal', 'access.signIn', 'tõlge.Õö'])[1 + n % 5], case when n % 3 > 0 then 'case' end,
       case when n % 3 > 0 then gen_random_uuid()::text end, case when n % 2 = 0 then gen_random_uuid() end,
       case when n % 2 = 0 then '${cast.networks.ida}'::uuid end, (array['done', 'refused'])[1 + n % 7 / 6],
       case n % 3 when 0 then array['id'] when 1 then array['id', 'purpose', 'reason'] else '{}' end,
       case when n % 4 = 0 then n end, case when n % 5 = 2 then sha256(n::text::bytea) end))
     from (select n from generate_series(1, ${count}) n order by n) numbers; commit`,
  )

/** Signs how the log stands now, as the process does. */
async function keep(admin: Client, kept: Kept): Promise<void> {
  const { rows } = await admin.query(
    `select seq::int as size, encode(hash, 'hex') as head from audit_event order by seq desc limit 1`,
  )
  const before = kept.texts.at(-1)
  const time = new Date(Date.UTC(2026, 0, 1, 0, kept.texts.length * 5)).toISOString()
  const previous = before ? hashOf(before.slice(0, before.indexOf('\n\n') + 1)) : null
  const body = bodyOf({ origin: 'tugivork.example/audit', ...rows[0], time, previous })
  kept.texts.push(`${body}\n${signatureOf(body, kept.name, kept.key)}`)
}

function judge({ texts, publicKey }: Pick<Kept, 'texts' | 'publicKey'>): Anchors {
  const key = readPublicKey(publicKey)
  return judgeNotes(texts.map((text, at) => ({ file: nameOf(at), text, keys: key ? [key] : [] })))
}

/** Tampers `rounds` times with a log that is whole each time, in turn in every way there is. */
export async function tamperLog(cast: Cast, { rounds, seed }: { rounds: number; seed: number }): Promise<Tampered> {
  const random = randomFrom(seed)
  const told: Tampered = { seed, rounds, found: 0, named: 0, byKind: {}, rowsTouched: 0, missed: [], misnamed: [] }
  await cast.admin.query(`alter table audit_event disable trigger all;
    alter table audit_event drop constraint audit_event_pkey; create index on audit_event (seq)`)
  for (let done = 0; done < rounds; done += roundsEach) {
    await cast.admin.query('truncate audit_event')
    await tamperOne(cast, random, Math.min(roundsEach, rounds - done), told)
  }
  return told
}

async function tamperOne(cast: Cast, random: Random, rounds: number, told: Tampered): Promise<void> {
  const kept = await writeLog(cast, random)
  const { rows } = await cast.admin.query<Row>('select * from audit_event order by seq')
  const touched = new Set<number>()
  for (let round = 0; round < rounds; round++) {
    const kind = kindOf(round, rounds)
    const trial = alterations[kind]({ random, rows, kept, events, round })
    const verdict = await attempt(cast.admin, trial.statement ?? '', judge({ ...kept, ...trial.outside }))
    told.byKind[kind] = (told.byKind[kind] ?? 0) + 1
    for (const seq of trial.rows ?? []) touched.add(seq)
    const what = `${kind} ${trial.at ?? trial.files}: ${verdict ? JSON.stringify(verdict) : trial.statement}`
    if (!verdict) told.missed.push(what)
    else if (isNamed(trial, verdict)) told.named++
    else told.misnamed.push(what)
    if (verdict) told.found++
  }
  told.rowsTouched += touched.size
}

// More than half of the rounds flip something in a row of their own; the others take turns.
function kindOf(round: number, rounds: number): keyof typeof alterations {
  const others = Object.keys(alterations).filter((kind) => kind !== 'flip') as (keyof typeof alterations)[]
  if (round < rounds * 0.6) return 'flip'
  return others[round % others.length] ?? 'flip'
}

type Found = { seq: number; until: number; kind: string; files: string[] }

function isNamed({ at, files }: Trial, found: Found): boolean {
  if (files) return files.join() === found.files.join()
  return found.seq <= at[1] && at[0] <= found.until && found.until - found.seq < every
}

async function attempt(admin: Client, statement: string, { anchors, faults }: Anchors): Promise<Found | null> {
  await admin.query(`begin; ${statement}`)
  try {
    const { broken } = await checkWithin(admin, anchors)
    const files = faults.map(({ file }) => file)
    if (broken) return { seq: broken.seq, until: broken.until ?? broken.seq, kind: broken.kind, files }
    return faults[0] ? { seq: 0, until: 0, kind: faults[0].kind, files } : null
  } finally {
    await admin.query('rollback')
  }
}

/** Checks a whole log `runs` times while others go on writing it and new checkpoints are made; returns the alarms. */
export async function watchLog(cast: Cast, writer: Client, { runs, seed }: { runs: number; seed: number }) {
  const random = randomFrom(seed)
  const kept = newKept()
  const alarms: string[] = []
  const claims = [cast.kim, cast.lea, cast.lou].map((person) => person.claim)
  await append(cast, claims[0], random, 300)
  await keep(cast.admin, kept)
  for (let run = 0; run < runs; run++) {
    const appending = writer.query(
      `begin; set local app.claim = '${random.pick(claims)}';
       select audit_append('case.list', null, null, null, null, 'done', '{}', ${random.whole(0, 9)}, null); commit`,
    )
    const { anchors, faults } = judge(kept)
    const [state] = await Promise.all([checkLog(cast.admin, anchors), appending])
    if (state.broken || faults.length > 0) alarms.push(`run ${run}: ${JSON.stringify([state.broken, faults])}`)
    if (run % 20 === 0) await keep(cast.admin, kept)
  }
  return { seed, runs, alarms, checkpoints: kept.texts.length }
}
