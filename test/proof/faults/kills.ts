// Is anything lost that was said to be saved, when the database or the process is killed in the middle of writing?
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { heldKeys } from '../../../app/core/keys/ring.server.ts'
import { randomFrom } from '../../../db/seed/random.ts'
import { openCast } from '../../cast.ts'
import { givenSupport } from '../../support.ts'
import { type OwnServer, openServer, whenever } from './own-server.ts'
import type { WriterSays, WriterTask } from './writer.ts'

export type KillFigures = {
  rounds: number
  acknowledged: number
  /** Forms that were said to be saved and are not there. */
  lost: number
  /** What is there without what belongs to it, or more than once. */
  halves: number
  /** The first event of the log that does not fit, after any round. */
  broken: unknown[]
  bugs: string[]
  engine: string
  /** The longest time from a kill to the first form that was acknowledged after it, in milliseconds. */
  slowest: number
}
type Kept = { keys: Set<string>; visits: Set<string> }

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Kills the whole server in two rounds of three and the writing process in the third, each at a moment of chance. */
export async function proveKills(rounds: number, seed: number): Promise<KillFigures> {
  const random = randomFrom(seed)
  const server = await openServer()
  const { engine } = server
  const cast = await openCast(server.database)
  const { assignment, caseId } = await givenSupport(cast, '2026-05-01')
  const { master, masterId, index, pepper } = heldKeys()
  const hex = (key: Buffer) => key.toString('hex')
  const keys = { master: hex(master), masterId, index: hex(index), pepper: hex(pepper) }
  const claims = { lou: cast.lou.claim, lea: cast.lea.claim }
  const task: WriterTask = { database: server.database, claims, assignment, caseId, day: '2026-10-01', keys }
  await cast.admin.end()
  const figures: KillFigures = {
    rounds: 0,
    acknowledged: 0,
    lost: 0,
    halves: 0,
    broken: [],
    bugs: [],
    slowest: 0,
    engine,
  }
  const kept: Kept = { keys: new Set(), visits: new Set() }
  const another = async () => {
    const before = kept.keys.size
    await whenever(() => kept.keys.size > before || figures.bugs.length > 20)
  }
  let writer = startWriter(task, kept, figures.bugs)
  for (; figures.rounds < rounds && figures.bugs.length <= 20; figures.rounds++) {
    await another()
    await pause(random.whole(0, 60))
    const begun = performance.now()
    if (figures.rounds % 3 === 2) {
      await writer.kill()
      writer = startWriter(task, kept, figures.bugs)
    } else {
      await server.kill()
      await server.start()
    }
    await another()
    figures.slowest = Math.max(figures.slowest, Math.round(performance.now() - begun))
    await inspect(server, kept, figures)
  }
  await writer.kill()
  await cast.close()
  return { ...figures, acknowledged: kept.keys.size }
}

function startWriter(task: WriterTask, kept: Kept, bugs: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts')], {
    env: { ...process.env, WRITER: JSON.stringify(task) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const heard = new Promise<void>((done) => child.stdout.once('close', () => done()))
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line) as WriterSays
    if ('bug' in said) return bugs.push(said.bug)
    kept.keys.add(said.kept)
    if (said.visit) kept.visits.add(said.visit)
    return undefined
  })
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await heard
    },
  }
}

// Each with how many there are of it; none is right.
const halves = `
  select 'a visit without its event, or an event without its visit' as what, count(*)::int as count from visit v
    full join (select object_id from audit_event where action in ('support.visit.log', 'support.visit.correct') and result = 'done') e
    on e.object_id = v.id::text where v.id is null or e.object_id is null
  union all select 'a visit that was put right and is not set aside, or the other way', count(*)::int from visit v
    full join visit old on v.corrects_id = old.id where (v.corrects_id is not null and old.superseded_at is null)
      or (old.superseded_at is not null and v.id is null)
  union all select 'a danger that nobody is told of', count(*)::int from visit v left join concern c on c.visit_id = v.id where v.danger and c.id is null
  union all select 'a form without its effect, or an effect without its form', abs(
    (select count(*) from once where name in ('support.visit.log', 'support.visit.correct')) - (select count(*) from visit))::int
  union all select 'a place without its form', abs(
    (select count(*) from once where name = 'case.place.add') - (select count(*) from case_whereabouts where kind = 'routine'))::int
  union all select 'a place without its event', abs(
    (select count(*) from audit_event where action = 'case.place.add' and result = 'done') - (select count(*) from case_whereabouts where kind = 'routine'))::int
  union all select 'a form of which nobody knows what came of it', count(*)::int from once where result_sealed is null`

async function inspect(server: OwnServer, { keys, visits }: Kept, figures: KillFigures): Promise<void> {
  // What is acknowledged from here on is looked at after the next round.
  const [acknowledged, made] = [[...keys], [...visits]]
  const client = new Client({ connectionString: server.database.adminUrl })
  await client.connect()
  await client.query('begin isolation level repeatable read read only')
  const lost = await client.query('select unnest($1::text[]) except select key::text from once', [acknowledged])
  const gone = await client.query('select unnest($1::uuid[]) except select id from visit', [made])
  const { rows } = await client.query<{ what: string; count: number }>(halves)
  const broken = await client.query('select * from audit_first_broken()')
  await client.query('rollback')
  await client.end()
  figures.lost += (lost.rowCount ?? 0) + (gone.rowCount ?? 0)
  figures.halves += rows.reduce((sum, { count }) => sum + count, 0)
  figures.broken.push(...broken.rows, ...rows.filter(({ count }) => count > 0))
}
