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
  /** Visits that were said to be saved and are not there. */
  lost: number
  /** Visits without their event, or events without their visit. */
  halves: number
  /** The first event of the log that does not fit, after any round. */
  broken: unknown[]
  bugs: string[]
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Kills the whole server in two rounds of three and the writing process in the third, each at a moment of chance. */
export async function proveKills(rounds: number, seed: number): Promise<KillFigures> {
  const random = randomFrom(seed)
  const server = await openServer()
  const cast = await openCast(server.database)
  const { assignment } = await givenSupport(cast, '2026-05-01')
  const { master, masterId, index, pepper } = heldKeys()
  const hex = (key: Buffer) => key.toString('hex')
  const keys = { master: hex(master), masterId, index: hex(index), pepper: hex(pepper) }
  const task: WriterTask = { database: server.database, claim: cast.lou.claim, assignment, day: '2026-10-01', keys }
  await cast.admin.end()
  const figures: KillFigures = { rounds: 0, acknowledged: 0, lost: 0, halves: 0, broken: [], bugs: [] }
  const kept = new Set<string>()
  let writer = startWriter(task, kept, figures.bugs)
  for (; figures.rounds < rounds; figures.rounds++) {
    const before = kept.size
    await whenever(() => kept.size > before || figures.bugs.length > 20)
    if (figures.bugs.length > 20) break
    await pause(random.whole(0, 60))
    if (figures.rounds % 3 === 2) {
      await writer.kill()
      writer = startWriter(task, kept, figures.bugs)
    } else {
      await server.kill()
      await server.start()
    }
    await inspect(server, kept, figures)
  }
  await writer.kill()
  await cast.close()
  return { ...figures, acknowledged: kept.size }
}

function startWriter(task: WriterTask, kept: Set<string>, bugs: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts')], {
    env: { ...process.env, WRITER: JSON.stringify(task) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const heard = new Promise<void>((done) => child.stdout.once('close', () => done()))
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line) as WriterSays
    if ('kept' in said) kept.add(said.kept)
    else bugs.push(said.bug)
  })
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await heard
    },
  }
}

async function inspect(server: OwnServer, kept: Set<string>, figures: KillFigures): Promise<void> {
  // What is acknowledged from here on is looked at after the next round.
  const acknowledged = [...kept]
  const client = new Client({ connectionString: server.database.adminUrl })
  await client.connect()
  const lost = await client.query('select unnest($1::uuid[]) except select id from visit', [acknowledged])
  const halves = await client.query(
    `select v.id::text from visit v full join (select object_id from audit_event where action = 'support.visit.log' and result = 'done') e
       on e.object_id = v.id::text where v.id is null or e.object_id is null`,
  )
  const broken = await client.query('select * from audit_first_broken()')
  await client.end()
  figures.lost += lost.rowCount ?? 0
  figures.halves += halves.rowCount ?? 0
  figures.broken.push(...broken.rows)
}
