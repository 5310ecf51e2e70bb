// Is a backup whole, and how do its rows come back into a database that has its tables already?

import type { KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Client } from 'pg'
import { Told } from '../../app/i18n/bilingual.ts'
import { opening } from './container.ts'
import { copyIn } from './copy.ts'
import { type Counts, copyText, type Head, type Sequence, type TableHead } from './dump.ts'
import { type Frame, jsonOf, readFrames } from './frames.ts'

type Tail = { counts: Counts; sequences: Sequence[] }

/** Gives each frame of the file to `work`; an error of the file – another key, a byte changed, an end cut off – comes out as itself. */
async function withFrames<R>(
  path: string,
  key: KeyObject,
  work: (frames: AsyncGenerator<Frame>) => Promise<R>,
): Promise<R> {
  let result: { value: R } | undefined
  await pipeline(createReadStream(path), opening(key), createGunzip(), async (plain: AsyncIterable<Buffer>) => {
    result = { value: await work(readFrames(plain)) }
  }).catch((error: NodeJS.ErrnoException) => {
    // What was cut may still be opened in part, and then the unpacking stumbles first.
    throw error.code?.startsWith('Z_') ? new Told('safekeeping.backup.broken', {}, { cause: error }) : error
  })
  if (!result) throw new Told('safekeeping.backup.broken')
  return result.value
}

async function headOf(frames: AsyncGenerator<Frame>): Promise<Head> {
  const { value } = await frames.next()
  if (value?.kind !== 'H') throw new Told('safekeeping.backup.broken')
  return jsonOf<Head>(value)
}

/** Reads the whole file without touching anything: only what is whole to its last byte is taken up. */
export async function checkWhole(path: string, key: KeyObject): Promise<{ head: Head; counts: Counts }> {
  return withFrames(path, key, async (frames) => {
    const head = await headOf(frames)
    let tail: Tail | undefined
    for await (const one of frames) if (one.kind === 'Z') tail = jsonOf<Tail>(one)
    if (!tail) throw new Told('safekeeping.backup.broken')
    return { head, counts: tail.counts }
  })
}

/** Puts the rows of the file into the tables, within the caller's transaction. */
export async function load(client: Client, path: string, key: KeyObject): Promise<void> {
  await withFrames(path, key, async (frames) => {
    await headOf(frames)
    for (;;) {
      const { value } = await frames.next()
      if (!value) throw new Told('safekeeping.backup.broken')
      if (value.kind === 'Z') {
        await setSequences(client, jsonOf<Tail>(value).sequences)
        // What follows is only the end of the stream; it must have been read for the last mark to have been checked.
        for await (const more of frames) throw new Told('safekeeping.backup.broken', { kind: more.kind })
        return
      }
      const { table, columns } = jsonOf<TableHead>(value)
      await copyIn(client, copyText(table, columns, 'from stdin'), rowsOf(frames))
    }
  })
}

/** Puts the rows of one table of the file into the table of that name, and reads the file to its end: of what is cut off nothing is believed. */
export async function loadTable(client: Client, path: string, key: KeyObject, wanted: string): Promise<void> {
  await withFrames(path, key, async (frames) => {
    await headOf(frames)
    let ended = false
    for await (const one of frames) {
      ended = one.kind === 'Z'
      if (one.kind !== 'T') continue
      const { table, columns } = jsonOf<TableHead>(one)
      if (table === wanted) await copyIn(client, copyText(table, columns, 'from stdin'), rowsOf(frames))
    }
    if (!ended) throw new Told('safekeeping.backup.broken')
  })
}

async function* rowsOf(frames: AsyncGenerator<Frame>): AsyncGenerator<Buffer> {
  for (;;) {
    const { value } = await frames.next()
    if (!value) throw new Told('safekeeping.backup.broken')
    if (value.kind === 'E') return
    yield value.bytes
  }
}

async function setSequences(client: Client, sequences: Sequence[]): Promise<void> {
  for (const { name, last } of sequences) {
    if (last !== null) await client.query('select setval($1::regclass, $2)', [`public.${name}`, last])
  }
}

/** How many rows each of the tables holds now. */
export async function countRows(client: Client, tables: string[]): Promise<Counts> {
  const counts: Counts = {}
  for (const table of tables) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from public.${client.escapeIdentifier(table)}`,
    )
    counts[table] = rows[0]?.count ?? 0
  }
  return counts
}
