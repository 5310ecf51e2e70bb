// Whose data have been erased? A file outside the database and outside its backups, so that a restored backup forgets nobody's wish.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { heldKeys } from '../core/keys/ring.server.ts'
import { Told } from '../i18n/bilingual.ts'

const Entry = z.object({
  n: z.number().int().positive(),
  at: z.iso.datetime(),
  kind: z.enum(['case', 'volunteer', 'talks', 'papers']),
  owner: z.uuid(),
  /** The hash of the line before; a line that is taken out or moved is missed by the next one. */
  prev: z.string(),
})
const Line = Entry.extend({ mac: z.string() })
export type Erased = z.output<typeof Entry>
/** How long the ledger is and how it ends: kept in every backup, so that a ledger that was cut off is noticed. */
export type LedgerHead = { lines: number; hash: string }

let path = ''

/** Where the ledger lies; called once when the process starts. */
export function useLedger(file: string): void {
  path = file
}

const hashOf = (line: string) => createHash('sha256').update(line).digest('hex')

// The key that finds personal codes is the one that is never changed, so that a line can be checked years later.
function macOf(entry: Erased): Buffer {
  const key = createHmac('sha256', heldKeys().index).update('erasure ledger').digest()
  const { n, at, kind, owner, prev } = entry
  return createHmac('sha256', key)
    .update(JSON.stringify([n, at, kind, owner, prev]))
    .digest()
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}

/** The head after the first `count` lines, or of the whole ledger. */
export function ledgerHead(file = path, count?: number): LedgerHead {
  const lines = linesOf(file).slice(0, count)
  return { lines: lines.length, hash: hashOf(lines.at(-1) ?? '') }
}

/** Every erasure written down; throws where a line was changed, taken out, moved or added by somebody without our keys. */
export function readLedger(file = path): Erased[] {
  let prev = hashOf('')
  return linesOf(file).map((text, index) => {
    const line = Line.safeParse(parsed(text))
    const good =
      line.success && line.data.n === index + 1 && line.data.prev === prev && sameMac(line.data.mac, macOf(line.data))
    if (!good) throw new Told('safekeeping.ledger.broken', { path: file, line: String(index + 1) })
    prev = hashOf(text)
    return Entry.parse(line.data)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function sameMac(given: string, expected: Buffer): boolean {
  const bytes = Buffer.from(given, 'base64url')
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}

/**
 * Writes an erasure down before it is done; who is already there is not written twice, but for papers, of which each year others are due. The
 * caller sees to it that one writes at a time.
 */
export function writeErasure(kind: Erased['kind'], owner: string): void {
  if (!path) throw new Error('useLedger() has not been called')
  const before = readLedger()
  if (kind !== 'papers' && before.some((entry) => entry.kind === kind && entry.owner === owner)) return
  const head = ledgerHead()
  const entry: Erased = { n: head.lines + 1, at: new Date().toISOString(), kind, owner, prev: head.hash }
  const line = JSON.stringify({ ...entry, mac: macOf(entry).toString('base64url') })
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'a', 0o600)
  try {
    writeSync(file, `${line}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
